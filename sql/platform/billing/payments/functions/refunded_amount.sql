-- How much of a payment went back. The charge says how much was refunded, its refunds
-- say which of it failed; either may be ahead of the other, and a charge may or may
-- not count what failed.
create function private.refunded_amount(p_source text, p_payment_id text)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
declare
  v_told bigint;
  v_known bigint;
  v_good bigint;
begin
  select coalesce(sum(c.amount_refunded), 0) into v_told
  from private.charges as c
  where c.source = p_source and c.payment_id = p_payment_id;
  select
    coalesce(sum(r.amount), 0),
    coalesce(sum(r.amount) filter (where r.status not in ('failed', 'canceled')), 0)
  into v_known, v_good
  from public.refunds as r
  where r.source = p_source and r.payment_id = p_payment_id;
  return case when v_known >= v_told then v_good else v_told - (v_known - v_good) end;
end;
$$;
