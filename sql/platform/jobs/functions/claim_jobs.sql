-- Gives a worker its next jobs with a lease and a fencing token each. First what
-- waits for a provider and is due: it has its slot already. Then queued jobs, fair
-- among users: within the caps, the user with fewer running jobs of the type goes
-- first, then priority, then age. With p_providers a type whose providers are all at
-- rest or full stays in its lanes. Product rows are not touched: start_job does that.
create function private.claim_jobs(
  p_worker text,
  p_limit integer default 1,
  p_types text[] default null,
  p_now timestamptz default now(),
  p_providers text[] default null
)
returns setof public.jobs
language plpgsql
security definer            -- jobs and lanes are not the caller's to write
set search_path = ''
as $$
declare
  v_type public.job_types;
  v_left integer := p_limit;
  v_room integer;
  v_got integer;
  v_one boolean;
  v_empty integer;
  v_capped_last boolean := random() < 0.5;
  v_last text;                -- of the types that were claimed from, the last by name
begin
  perform private.check_text('p_worker', p_worker, 200);
  if p_limit is null or p_limit < 1 or p_limit > 1000 then
    raise exception using
      errcode = 'PT400', message = 'limit_invalid',
      detail = format('The limit is %s.', coalesce(p_limit::text, 'null')),
      hint = 'Send 1 to 1000.';
  end if;

  -- In a random order: no type starves behind one that always has work. But those
  -- with a cap over all users by name, since each stays locked until the end.
  for v_type in
    select *
    from public.job_types as t
    where t.is_active and (p_types is null or t.type = any (p_types))
    order by
      (t.max_running is null) = v_capped_last desc,
      case when t.max_running is not null then t.type end,
      random()
  loop
    if exists (
      select 1
      from public.jobs as w
      where w.type = v_type.type and w.status = 'waiting' and w.run_at <= p_now
    ) then
      return query select * from private.claim_waiting(p_worker, v_left, v_type, p_now);
      get diagnostics v_got = row_count;
      v_left := v_left - v_got;
      exit when v_left = 0;
    end if;

    -- Before anything that costs more than the look, or locks.
    continue when (p_providers is not null or v_type.max_running is not null)
      and not private.has_ready_lane(v_type.type, v_type.max_running_per_user, p_now);
    continue when p_providers is not null
      and not private.has_route(v_type.type, p_providers, p_now);

    v_room := v_left;
    if v_type.max_running is not null then
      perform 1 from public.job_types as t where t.type = v_type.type for no key update;
      select v_type.max_running - coalesce(sum(l.running), 0)::integer into v_room
      from private.job_lanes as l
      where l.type = v_type.type and l.running > 0;
      v_room := least(v_left, v_room);
      continue when v_room <= 0;
    end if;

    -- One job mostly needs one lane. If that lane has none to give (its jobs are past
    -- their deadline, or another's), rounds take at most twenty; a few that find
    -- nothing are gone through, since each sets its lanes right.
    v_one := v_room = 1;
    v_empty := 0;
    loop
      if v_type.type < v_last then
        return query select * from private.claim_out_of_order(p_worker, v_room, v_type, v_one, p_now);
      else
        return query select * from private.claim_queued(p_worker, v_room, v_type, v_one, p_now);
      end if;
      get diagnostics v_got = row_count;
      v_left := v_left - v_got;
      v_room := v_room - v_got;
      v_empty := case when v_got = 0 then v_empty + 1 else 0 end;
      v_last := case when v_got > 0 then greatest(v_last, v_type.type) else v_last end;
      exit when v_room <= 0 or v_empty > 5;
      exit when v_got = 0
        and not private.has_ready_lane(v_type.type, v_type.max_running_per_user, p_now);
      v_one := false;
    end loop;
    exit when v_left = 0;
  end loop;
end;
$$;
grant execute on function private.claim_jobs(text, integer, text[], timestamptz, text[]) to service_role;
