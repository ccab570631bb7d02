-- A result arrived: the image shows it.
create function private.staging_finish_image(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_staged jsonb := private.require_result_file(p_job, 'processed');
begin
  update staging.images as i
  set
    status = 'ready',
    staged_url = private.object_url('results', v_staged ->> 'path'),
    files = p_job.result -> 'files',
    error = null
  where i.id = p_job.subject_id;
end;
$$;
