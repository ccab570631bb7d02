-- A top-up's job ended without an answer of the provider. If it was never begun,
-- nothing was charged. Else nobody knows: it counts against the cap, its webhook
-- settles it if it was paid, and a day later the balance is looked at again.
create function private.give_up_top_up(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_top_up public.top_ups;
begin
  update public.top_ups as t
  set
    status = case when p_job.attempts = 0 then 'failed' else 'unknown' end,
    decline_code = 'no_answer',
    ended_at = now()
  where t.id = p_job.subject_id and t.status = 'open'
  returning * into v_top_up;
  if not found then
    return;
  end if;
  update public.auto_top_ups as s
  set look_again_at = now() + interval '1 day'
  where s.user_id = v_top_up.user_id and s.enabled;
  if found then
    perform private.tell_top_up(v_top_up, 'no_answer', now());
  end if;
end;
$$;
