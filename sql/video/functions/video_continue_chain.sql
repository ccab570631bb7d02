-- After a step that succeeded: enqueues the next one with its image, or the newest one
-- before it, under the run's hold; or ends the run. Who was deactivated meanwhile
-- starts nothing more.
create function private.video_continue_chain(
  p_job public.jobs,
  p_step video.tool_chain_steps,
  p_image jsonb
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_next video.tool_chain_steps;
  v_image jsonb := p_image;
begin
  if p_job.next_type is null then
    perform private.video_end_chain(p_step, 'success', null);
    return;
  end if;
  if not exists (select 1 from public.profiles as p where p.id = p_step.user_id and p.is_active) then
    perform private.video_end_chain(p_step, 'error', 'The account is deactivated.');
    return;
  end if;

  if v_image is null then
    select f.value into v_image
    from video.tool_chain_steps as s
    cross join lateral jsonb_array_elements(s.files) as f
    where s.run_id = p_step.run_id and s.status = 'success'
      and f.value ->> 'kind' in ('processed', 'poster')
    order by s.step desc
    limit 1;
  end if;
  update video.tool_chain_steps as s
  set status = 'running', started_at = now()
  where s.run_id = p_step.run_id and s.step = p_step.step + 1
  returning * into v_next;
  update video.tool_chain_runs as r
  set current_step = v_next.step, credits_used = r.credits_used + p_step.credits_used
  where r.id = v_next.run_id;
  perform private.follow_job(
    p_job,
    v_next.id,
    private.video_step_payload(
      v_next,
      case
        when v_image is not null then jsonb_build_object('bucket', 'results', 'path', v_image ->> 'path')
      end
    ),
    v_next.price,
    (
      select s.job_type
      from video.tool_chain_steps as s
      where s.run_id = v_next.run_id and s.step = v_next.step + 1
    )
  );
end;
$$;
