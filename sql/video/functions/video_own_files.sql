-- The files of a result that lie in its user's folder of the bucket results: others
-- are never shown, and never removed with the row.
create function private.video_own_files(p_job public.jobs)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(f.value order by f.ordinality), '[]'::jsonb)
    from jsonb_array_elements(
      case when jsonb_typeof(p_job.result -> 'files') = 'array' then p_job.result -> 'files' else '[]'::jsonb end
    ) with ordinality as f
    where f.value ->> 'bucket' = 'results'
      and split_part(f.value ->> 'path', '/', 1) = p_job.user_id::text
      and f.value ->> 'path' !~ '(^|/)\.\.?(/|$)'
  );
end;
$$;
