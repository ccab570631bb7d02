-- An operation failed or was cancelled; the document knows one word for both.
create function private.editor_fail_operation(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_image_id uuid;
begin
  update editor.image_operations as o
  set status = 'failed', error_message = p_job.error, credits_used = 0, completed_at = now()
  where o.id = p_job.subject_id
  returning o.image_id into v_image_id;
  update editor.images as i
  set
    processing_status = private.editor_image_status(i.id, 'failed'),
    processing_error = p_job.error
  where i.id = v_image_id;
end;
$$;
