-- A failed generation of the caller goes again, at today's price. A shot whose
-- storyboard run still has others under way is paid from that run's hold, which has
-- its share left. Repeating it while it runs changes nothing.
create function private.video_retry_generation(p_id uuid)
returns video.generations
language plpgsql
security definer            -- jobs, holds and the state of a generation are not the caller's to write
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_generation video.generations;
  v_request private.job_request;
  v_job public.jobs;
begin
  if exists (select 1 from video.generations as g where g.id = p_id and g.user_id = v_user_id) then
    perform private.require_active(v_user_id);
    perform private.video_lock_rows(array[p_id]);
    select * into v_generation from video.generations as g where g.id = p_id;
  end if;
  if v_generation.id is null then
    raise exception using
      errcode = 'PT404', message = 'generation_not_found',
      detail = format('You have no generation %s.', coalesce(p_id::text, 'null')),
      hint = 'Send the id of a generation of yours.';
  end if;
  if v_generation.status = 'generating' then
    return v_generation;
  end if;
  if v_generation.status <> 'error' then
    raise exception using
      errcode = 'PT409', message = 'generation_not_failed',
      detail = format('Generation %s is a success.', p_id),
      hint = 'Insert another generation for another video.';
  end if;

  perform private.video_check_request(v_generation);
  update video.generations as g
  set status = 'generating', error_message = null, credits_used = null, completed_at = null
  where g.id = p_id
  returning * into v_generation;
  v_request := private.video_job_request(v_generation);
  if v_generation.run_id is not null then
    v_job := private.continue_hold(
      v_request,
      (
        select j.hold_id
        from public.jobs as j
        where j.subject_id = p_id
        order by j.created_at desc, j.id
        limit 1
      ),
      (private.prices_of(array[v_request]))[1]
    );
  end if;
  if v_job.id is null then
    perform private.request_jobs(array[v_request]);
  end if;
  return v_generation;
end;
$$;
grant execute on function private.video_retry_generation(uuid) to authenticated;
