-- Gives a sender what is due, the longest due first, for p_lease: whoever dies with it
-- leaves it due again. Two senders never get the same row at once; what is no longer
-- so is dropped instead.
create function private.claim_notifications(
  p_limit integer default 100,
  p_lease interval default '5 minutes',
  p_now timestamptz default now()
)
returns setof public.notifications_outbox
language plpgsql
security definer            -- the outbox is not the caller's to write
set search_path = ''
as $$
declare
  v_row public.notifications_outbox;
begin
  if p_limit is null or p_limit not between 1 and 1000
    or p_lease is null or p_lease not between interval '1 second' and interval '1 day' then
    raise exception using
      errcode = 'PT400', message = 'limit_invalid',
      detail = format('Asked for %s rows for %s.', p_limit, p_lease),
      hint = 'Send 1 to 1000 rows and a lease of a second to a day.';
  end if;
  for v_row in
    select *
    from public.notifications_outbox as n
    where n.due_at <= p_now
    order by n.due_at
    limit p_limit
    for no key update skip locked
  loop
    if private.is_current(v_row, p_now) then
      return query
        update public.notifications_outbox as n
        set due_at = p_now + p_lease, attempts = n.attempts + 1, claim_token = gen_random_uuid()
        where n.id = v_row.id
        returning n.*;
    else
      update public.notifications_outbox as n
      set status = 'dropped', due_at = null
      where n.id = v_row.id;
    end if;
  end loop;
end;
$$;
grant execute on function private.claim_notifications(integer, interval, timestamptz) to service_role;
