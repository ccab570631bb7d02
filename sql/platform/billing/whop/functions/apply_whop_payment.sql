-- Computes a payment of Whop anew from all its versions, and grants what it paid: a
-- plan's period, or a package. One of a plan whose length nobody has told waits.
create function private.apply_whop_payment(p_id text, p_user_id uuid, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version('whop', 'invoice', p_id);
  v_facts private.invoice_facts := private.read_whop_payment(v_version.object);
  v_line private.invoice_line := v_facts.lines[1];
  v_result text;
begin
  if v_facts.status = 'paid' and v_line.price_id is not null and (
    not exists (select 1 from public.prices as p where p.id = v_line.price_id)
    or (v_facts.subscription_id is not null and v_line.period_end is null)
  ) then
    return 'price:' || v_line.price_id;
  end if;
  v_result := private.apply_invoice('whop', p_id, p_user_id, p_now);
  if v_facts.status <> 'paid' or v_result <> 'applied' then
    return v_result;
  end if;
  if v_facts.subscription_id is null then
    perform private.settle_whop_package(v_facts, p_user_id, p_now);
  elsif exists (
    select 1
    from private.billing_versions as v
    where v.source = 'whop' and v.type = 'subscription' and v.object_id = v_facts.subscription_id
  ) then
    -- The period that was paid is the membership's now.
    perform private.apply_subscription('whop', v_facts.subscription_id, p_user_id, p_now);
  end if;

  -- It may tell that money went back before the refund itself is told.
  insert into private.charges as c (source, id, payment_id, amount, amount_refunded)
  select
    'whop', p_id, p_id, v_facts.amount_paid,
    private.whop_minor_units(v_version.object -> 'refunded_amount', v_facts.currency)
  from public.payments as p
  where p.source = 'whop' and p.external_id = p_id
  on conflict (source, id) do update
  set amount = excluded.amount, amount_refunded = excluded.amount_refunded;
  if found then
    perform private.settle_payment('whop', p_id, p_now);
  end if;
  return v_result;
end;
$$;
