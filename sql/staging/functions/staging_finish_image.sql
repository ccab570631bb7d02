-- A result arrived: the image shows it.
create function private.staging_finish_image(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_staged jsonb := private.result_file(p_job, 'processed');
begin
  if v_staged is null then
    raise exception using
      errcode = 'PT422', message = 'result_invalid',
      detail = 'The result has no file "processed" in the user''s folder of the bucket results.';
  end if;
  update staging.images as i
  set
    status = 'ready',
    staged_url = private.object_url('results', v_staged ->> 'path'),
    files = p_job.result -> 'files',
    error = null
  where i.id = p_job.subject_id;
end;
$$;
