-- The file of a kind in a job's result, if it lies in the user's folder of the
-- bucket results: a worker cannot point a user's row at somebody else's file.
create function private.result_file(p_job public.jobs, p_kind text)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (
    select f.value
    from jsonb_array_elements(
      case when jsonb_typeof(p_job.result -> 'files') = 'array' then p_job.result -> 'files' else '[]'::jsonb end
    ) as f
    where f.value ->> 'kind' = p_kind
      and f.value ->> 'bucket' = 'results'
      and split_part(f.value ->> 'path', '/', 1) = p_job.user_id::text
      and f.value ->> 'path' !~ '(^|/)\.\.?(/|$)'
    limit 1
  );
end;
$$;
