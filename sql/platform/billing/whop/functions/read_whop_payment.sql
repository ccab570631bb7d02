-- A payment of Whop as an invoice with one line: the plan, from when it was paid for as
-- long as the plan's price lasts. A payment that is no renewal is of no subscription.
create function private.read_whop_payment(p_object jsonb)
returns private.invoice_facts
language plpgsql
stable
set search_path = ''
as $$
declare
  v_facts private.invoice_facts;
  v_line private.invoice_line;
  v_price public.prices;
  v_amount integer;
  v_paid_at timestamptz := coalesce(
    private.whop_time(p_object -> 'paid_at'), private.whop_time(p_object -> 'created_at')
  );
begin
  v_facts.id := p_object ->> 'id';
  v_facts.customer_id := private.whop_reference(p_object, 'user');
  v_facts.metadata := coalesce(nullif(p_object -> 'metadata', 'null'), '{}'::jsonb);
  v_facts.currency := lower(coalesce(p_object ->> 'currency', p_object #>> '{total,currency}', 'usd'));
  v_facts.status := case p_object ->> 'status'
    when 'paid' then 'paid'
    when 'succeeded' then 'paid'
    when 'draft' then 'draft'
    when 'void' then 'void'
    when 'uncollectible' then 'uncollectible'
    else 'open'
  end;
  v_facts.billing_reason := p_object ->> 'billing_reason';
  v_amount := private.whop_minor_units(
    coalesce(
      nullif(p_object -> 'total', 'null'), nullif(p_object -> 'amount_charged', 'null'),
      nullif(p_object -> 'final_amount', 'null'), nullif(p_object -> 'subtotal', 'null')
    ),
    v_facts.currency
  );
  v_facts.amount_due := v_amount;
  v_facts.total := v_amount;
  v_facts.amount_paid := case when v_facts.status = 'paid' then v_amount else 0 end;
  v_facts.attempt_count := coalesce(
    (p_object ->> 'payments_failed')::integer,
    case when p_object ->> 'failure_message' is not null then 1 else 0 end
  );
  v_facts.next_payment_attempt := private.whop_time(
    coalesce(nullif(p_object -> 'next_payment_attempt', 'null'), p_object -> 'next_payment_attempt_at')
  );
  v_facts.created := private.whop_time(p_object -> 'created_at');
  v_facts.has_more_lines := false;
  v_facts.payment_references := '{}';

  v_line.price_id := private.whop_plan_of(p_object);
  v_line.quantity := 1;
  v_line.amount := v_amount::bigint;
  v_line.is_proration := false;
  select * into v_price from public.prices as p where p.id = v_line.price_id;
  if v_price.type = 'recurring' then
    v_facts.subscription_id := private.whop_reference(p_object, 'membership');
    v_line.period_start := v_paid_at;
    v_line.period_end := case
      when v_price.interval is not null
        then private.shift_time(v_paid_at, v_price.interval, v_price.interval_count)
    end;
  end if;
  v_facts.lines := case when v_line.price_id is not null then array[v_line] else '{}' end;
  return v_facts;
end;
$$;
