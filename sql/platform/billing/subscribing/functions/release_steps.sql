-- A subscription with a schedule takes no other change: it leaves the schedule first.
create function private.release_steps(p_facts private.subscription_facts)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select case
    when p_facts.schedule_id is null then '[]'::jsonb
    else jsonb_build_array(
      jsonb_build_object('do', 'release_schedule', 'schedule_id', p_facts.schedule_id)
    )
  end;
$$;
