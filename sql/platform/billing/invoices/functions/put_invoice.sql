-- Mirrors an invoice.
create function private.put_invoice(p_source text, p_user_id uuid, p_facts private.invoice_facts)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.invoices as i (
    source, external_id, user_id, subscription_id, status, billing_reason, amount_due, amount_paid, total,
    currency, invoice_number, period_start, period_end, attempt_count, next_payment_attempt,
    hosted_invoice_url, invoice_pdf, created_at
  )
  values (
    p_source, p_facts.id, p_user_id, p_facts.subscription_id, p_facts.status, p_facts.billing_reason,
    p_facts.amount_due, p_facts.amount_paid, p_facts.total, p_facts.currency, p_facts.number,
    (select min(l.period_start) from unnest(p_facts.lines) as l),
    (select max(l.period_end) from unnest(p_facts.lines) as l),
    p_facts.attempt_count, p_facts.next_payment_attempt, p_facts.hosted_url, p_facts.pdf,
    coalesce(p_facts.created, now())
  )
  on conflict (source, external_id) do update
  set
    subscription_id = excluded.subscription_id,
    status = excluded.status,
    billing_reason = excluded.billing_reason,
    amount_due = excluded.amount_due,
    amount_paid = excluded.amount_paid,
    total = excluded.total,
    currency = excluded.currency,
    invoice_number = excluded.invoice_number,
    period_start = excluded.period_start,
    period_end = excluded.period_end,
    attempt_count = excluded.attempt_count,
    next_payment_attempt = excluded.next_payment_attempt,
    hosted_invoice_url = excluded.hosted_invoice_url,
    invoice_pdf = excluded.invoice_pdf;
end;
$$;
