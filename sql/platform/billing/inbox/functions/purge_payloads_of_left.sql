-- What cron calls at night: empties what came of users who left, after they did; and,
-- of those who left in the last days, what is of no kind that is kept and names them.
create function private.purge_payloads_of_left(p_now timestamptz default now())
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_since timestamptz := p_now - interval '3 days';
  v_customers text[];
  v_count integer;
begin
  select array_agg(o.id) into v_customers
  from public.profiles as p
  join private.billing_objects as o on o.user_id = p.id and o.type = 'customer'
  where p.deleted_at > v_since;
  update public.webhook_events as e
  set payload = private.bare_payload(e.payload), error = null, purged_at = p_now
  where e.id = any (
    array(
      select w.id
      from public.webhook_events as w
      where w.purged_at is null and (
        (
          w.received_at > v_since and (
            select p.deleted_at is not null
            from private.billing_objects as o
            join private.billing_versions as v
              on v.source = o.source and v.type = o.type and v.object_id = o.id and v.event_id = w.external_id
            join public.profiles as p on p.id = o.user_id
            where o.source = w.source and o.type = w.object_type and o.id = w.object_id
          )
        )
        or (
          v_customers is not null and w.object_type is null
          and coalesce(
            w.payload #>> '{data,object,customer,id}', w.payload #>> '{data,object,customer}',
            private.whop_reference(w.payload -> 'data', 'user')
          ) = any (v_customers)
        )
      )
      for no key update skip locked
    )
  );
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;
