-- A package that was paid for at Whop: the purchase is written down with what the
-- package gives now, and settled like any.
create function private.settle_whop_package(
  p_facts private.invoice_facts,
  p_user_id uuid,
  p_now timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_package public.credit_packages;
  v_checkout public.checkouts;
begin
  select k.* into v_package
  from private.price_links as l
  join public.credit_packages as k on k.id = l.package_id
  where l.price_id = (p_facts.lines[1]).price_id;
  if not found or p_facts.amount_paid = 0 then
    return;                   -- nothing of credits, or nothing was paid
  end if;
  insert into public.checkouts (
    user_id, package_id, idempotency_key, source, external_id, credits, unit_amount, currency, expires_after
  )
  values (
    p_user_id, v_package.id, 'whop:' || p_facts.id, 'whop', p_facts.id, v_package.credits,
    p_facts.amount_paid, p_facts.currency, v_package.expires_after
  )
  on conflict (source, external_id) do nothing;
  select * into v_checkout
  from public.checkouts as c
  where c.source = 'whop' and c.external_id = p_facts.id
  for no key update;
  perform private.settle_checkout(v_checkout, p_facts.id, p_facts.amount_paid, '{}', p_now);
end;
$$;
