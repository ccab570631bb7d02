-- The file of a kind in a job's result, or PT422 result_invalid.
create function private.require_result_file(p_job public.jobs, p_kind text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_file jsonb := private.result_file(p_job, p_kind);
begin
  if v_file is null then
    raise exception using
      errcode = 'PT422', message = 'result_invalid',
      detail = format('The result has no file "%s" in the user''s folder of the bucket results.', p_kind);
  end if;
  return v_file;
end;
$$;
