-- A step of a pipeline succeeded: its price is booked, and the next step begins with
-- its result. False when it was the last.
create function private.editor_continue_pipeline(
  p_job public.jobs,
  p_done editor.image_operations,
  p_path text
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_pipeline editor.image_pipelines;
  v_next editor.image_operations;
begin
  select * into v_next
  from editor.image_operations as o
  where o.pipeline_id = p_done.pipeline_id and o.step = p_done.step + 1;
  update editor.image_pipelines as p
  set
    credits_used = p.credits_used + p_job.price,
    status = case when v_next.id is null then 'completed' else p.status end,
    completed_at = case when v_next.id is null then now() end
  where p.id = p_done.pipeline_id
  returning * into v_pipeline;
  if v_next.id is null then
    return false;
  end if;
  perform private.follow_job(
    p_job,
    v_next.id,
    private.editor_payload(v_next, jsonb_build_object('bucket', 'results', 'path', p_path)),
    v_pipeline.prices[v_next.step],
    'editor.' || (v_pipeline.steps -> v_next.step::integer ->> 'operation_type')
  );
  return true;
end;
$$;
