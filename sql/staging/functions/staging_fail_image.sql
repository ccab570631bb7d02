-- An image failed or was cancelled; the document knows one word for both.
create function private.staging_fail_image(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update staging.images as i
  set status = 'error', error = p_job.error
  where i.id = p_job.subject_id;
end;
$$;
