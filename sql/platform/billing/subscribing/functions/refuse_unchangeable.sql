-- A plan is changed while the subscription is paid for and going on.
create function private.refuse_unchangeable(p_facts private.subscription_facts, p_subscription jsonb)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if jsonb_typeof(p_subscription -> 'pending_update') = 'object' then
    raise exception using
      errcode = 'PT409', message = 'payment_pending',
      detail = 'An earlier change waits for its payment.',
      hint = 'Pay its invoice, or wait a day until it lapses.';
  end if;
  if p_facts.status not in ('active', 'trialing') then
    raise exception using
      errcode = 'PT422', message = 'subscription_unpaid',
      detail = format('The subscription is %s.', p_facts.status),
      hint = 'Pay the open invoice in the billing portal first.';
  end if;
  if p_facts.cancel_at_period_end then
    raise exception using
      errcode = 'PT422', message = 'subscription_ends',
      detail = format('The subscription ends at %s.', p_facts.period_end),
      hint = 'Resume it first.';
  end if;
end;
$$;
