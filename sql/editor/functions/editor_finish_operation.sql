-- A result arrived: the operation has it, and the image shows it as its newest. In a
-- pipeline the next step begins with it, or it was the last and is final.
create function private.editor_finish_operation(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_operation editor.image_operations;
  v_processed jsonb := private.require_result_file(p_job, 'processed');
  v_thumbnail jsonb := private.result_file(p_job, 'thumbnail');
  v_url text := private.object_url('results', v_processed ->> 'path');
  v_is_final boolean;
begin
  update editor.image_operations as o
  set
    status = 'completed',
    output_data = jsonb_build_object('files', p_job.result -> 'files'),
    error_message = null,
    processing_time = (p_job.result ->> 'processing_time')::numeric,
    credits_used = p_job.price,
    api_provider = coalesce(p_job.result ->> 'provider', o.api_provider),
    api_cost = coalesce(
      private.job_cost(p_job.id), private.api_cost(p_job.result ->> 'provider', o.operation_type)
    ),
    completed_at = now()
  where o.id = p_job.subject_id
  returning * into v_operation;
  v_is_final := v_operation.pipeline_id is not null
    and not private.editor_continue_pipeline(p_job, v_operation, v_processed ->> 'path');

  update editor.images as i
  set
    processed_url = v_url,
    thumbnail_url = coalesce(private.object_url('results', v_thumbnail ->> 'path'), i.thumbnail_url),
    final_url = case when v_is_final then v_url else i.final_url end,
    processing_status = private.editor_image_status(i.id, 'completed'),
    processing_error = null
  where i.id = v_operation.image_id;
end;
$$;
