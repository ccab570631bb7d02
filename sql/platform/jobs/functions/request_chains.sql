-- The gate for work in steps: each chain is one hold, of all its prices together, and
-- its first job. Every lane that a chain will come by is locked here, in order, and so
-- exists when a success enqueues into it.
create function private.request_chains(
  p_chains private.job_chain[],
  p_now timestamptz default now()
)
returns void
language plpgsql
security definer            -- jobs and holds are not the caller's to write
set search_path = ''
as $$
declare
  v_chain private.job_chain;
  v_total integer;
  v_hold public.credit_holds;
begin
  perform private.require_active(u.user_id)
  from (select distinct c.user_id from unnest(p_chains) as c order by 1) as u;
  perform private.require_job_type(t.type)
  from (select distinct t.type from unnest(p_chains) as c cross join unnest(c.types) as t (type)) as t;
  perform private.add_to_lane(l.type, l.user_id, 0, 0::smallint, 'infinity')
  from (
    select distinct t.type, c.user_id
    from unnest(p_chains) as c
    cross join unnest(c.types) as t (type)
    order by t.type, c.user_id
  ) as l;

  perform private.request_jobs(array(
    select row(c.user_id, c.types[1], c.subject_id, c.payload, null, null, 1)::private.job_request
    from unnest(p_chains) as c
  ), p_now);
  perform private.require_credits(
    array(select c.user_id from unnest(p_chains) as c),
    array(select private.chain_price(c) from unnest(p_chains) as c),
    p_now
  );
  foreach v_chain in array p_chains loop
    v_total := private.chain_price(v_chain);
    v_hold := null;
    if v_total > 0 then
      v_hold := private.hold_credits(
        v_chain.user_id, v_total, v_chain.description, v_chain.metadata,
        p_expires_in => null, p_now => p_now
      );
    end if;
    update public.jobs as j
    set price = v_chain.prices[1], hold_id = v_hold.id, next_type = v_chain.types[2]
    where j.subject_id = v_chain.subject_id and j.user_id = v_chain.user_id
      and j.type = v_chain.types[1] and j.finished_at is null;
  end loop;
end;
$$;
