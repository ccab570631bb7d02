-- Keeps other changes of a subscription away for as long as Stripe may take, or
-- PT409 while one of them keeps us away. A change that is done needs nothing.
create function private.hold_subscription_change(p_change private.subscription_changes)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_change.done_at is not null then
    return;
  end if;
  if exists (
    select 1
    from private.subscription_changes as c
    where c.subscription_id = p_change.subscription_id and c.id <> p_change.id
      and c.held_until > now()
  ) then
    raise exception using
      errcode = 'PT409', message = 'change_in_progress',
      detail = format('Another change of %s is being carried out.', p_change.subscription_id),
      hint = 'Repeat with the same idempotency_key, or wait two minutes.';
  end if;
  update private.subscription_changes as c
  set held_until = now() + interval '2 minutes'
  where c.id = p_change.id;
end;
$$;
