-- Books a paid invoice of a subscription as a payment and what it grants, once; what
-- is due of that is granted. A list of lines that is not whole has to be fetched
-- first, a price without a plan to be known.
create function private.settle_invoice(
  p_source text,
  p_user_id uuid,
  p_facts private.invoice_facts,
  p_now timestamptz
)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_facts private.invoice_facts := p_facts;
  v_payment public.payments;
  v_missing text;
  v_plan_id uuid;
begin
  v_payment := private.payment_of(p_source, v_facts.id || v_facts.payment_references);
  if v_payment.external_id is null then
    if v_facts.subscription_id is null then
      return 'applied';       -- not ours to grant for: a checkout's own invoice, say
    end if;
    if v_facts.has_more_lines then
      -- What has been finalized keeps its lines: any whole version has them.
      select f.* into v_facts
      from private.ordered_versions(p_source, 'invoice', v_facts.id) as o
      cross join lateral private.read_invoice(p_source, o.object) as f
      where not f.has_more_lines and f.status in ('open', 'paid')
      order by o.n desc
      limit 1;
      if not found then
        perform private.mark_stale(p_source, 'invoice', p_facts.id);
        return 'invoice:' || p_facts.id;
      end if;
    end if;
    v_missing := private.missing_price(v_facts.lines);
    if v_missing is not null then
      return 'price:' || v_missing;
    end if;
    select p.id into v_plan_id
    from unnest(v_facts.lines) as l
    cross join lateral private.plan_of_price(l.price_id) as p
    where p.id is not null
    order by l.amount desc, p.code
    limit 1;

    insert into public.payments (
      source, external_id, user_id, subscription_id, amount, currency, credits
    )
    select
      p_source, p_facts.id, p_user_id, p_facts.subscription_id, p_facts.amount_paid, p_facts.currency,
      coalesce(sum(g.credits), 0)
    from private.invoice_grants(v_facts.lines) as g;
    insert into private.payment_grants (
      source, payment_id, n, user_id, transaction_type, credits, due_at, expires_at, rollover_cap,
      rollover_until, metadata
    )
    select
      p_source, p_facts.id, g.n, p_user_id, 'monthly_reset', g.credits, g.due_at, g.expires_at, g.rollover_cap,
      g.rollover_until,
      jsonb_strip_nulls(jsonb_build_object(
        'invoice_id', p_facts.id, 'subscription_id', p_facts.subscription_id, 'plan_id', v_plan_id,
        'stripe_payment_intent_id', (
          select min(r.reference) from unnest(p_facts.payment_references) as r (reference) where r.reference like 'pi\_%'
        )
      ))
    from private.invoice_grants(v_facts.lines) as g;
    perform private.wake_events(p_source, array['invoice:' || p_facts.id]);
    perform private.settle_payment(p_source, p_facts.id, p_now);
    perform private.follow_plan(p_user_id);
  end if;
  perform private.add_payment_references(
    p_source, coalesce(v_payment.external_id, p_facts.id), p_facts.id || p_facts.payment_references
  );
  return 'applied';
end;
$$;
