create function private.editor_start_operation(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update editor.image_operations as o
  set status = 'processing'
  where o.id = p_job.subject_id;
  update editor.images as i
  set processing_status = 'processing', processing_error = null
  where i.id = (select o.image_id from editor.image_operations as o where o.id = p_job.subject_id);
end;
$$;
