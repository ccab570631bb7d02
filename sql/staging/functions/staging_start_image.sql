create function private.staging_start_image(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update staging.images as i
  set status = 'processing', error = null
  where i.id = p_job.subject_id;
end;
$$;
