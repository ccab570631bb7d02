create function private.editor_start_operation(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_operation editor.image_operations;
begin
  update editor.image_operations as o
  set status = 'processing'
  where o.id = p_job.subject_id
  returning * into v_operation;
  update editor.images as i
  set processing_status = 'processing', processing_error = null
  where i.id = v_operation.image_id;
  update editor.image_pipelines as p
  set status = 'processing'
  where p.id = v_operation.pipeline_id and p.status = 'pending';
end;
$$;
