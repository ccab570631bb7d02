-- An operation failed or was cancelled; the document knows one word for both. A
-- pipeline ends with it: what is done stays and is charged, the rest is not begun.
create function private.editor_fail_operation(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_operation editor.image_operations;
begin
  update editor.image_operations as o
  set status = 'failed', error_message = p_job.error, credits_used = 0, completed_at = now()
  where o.id = p_job.subject_id
  returning * into v_operation;
  if v_operation.pipeline_id is not null then
    update editor.image_operations as o
    set
      status = 'failed', error_message = 'Not begun, since a step before it failed.', credits_used = 0,
      completed_at = now()
    where o.pipeline_id = v_operation.pipeline_id and o.step > v_operation.step;
    update editor.image_pipelines as p
    set status = 'failed', error_message = p_job.error, completed_at = now()
    where p.id = v_operation.pipeline_id;
  end if;
  update editor.images as i
  set
    processing_status = private.editor_image_status(i.id, 'failed'),
    processing_error = p_job.error
  where i.id = v_operation.image_id;
end;
$$;
