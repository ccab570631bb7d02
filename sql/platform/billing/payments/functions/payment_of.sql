-- The payment that one of these ids names; null when none is known.
create function private.payment_of(p_source text, p_references text[])
returns public.payments
language plpgsql
stable
set search_path = ''
as $$
declare
  v_payment public.payments;
begin
  select p.* into v_payment
  from unnest(p_references) with ordinality as r (reference, place)
  left join private.payment_references as n on n.source = p_source and n.reference = r.reference
  join public.payments as p on p.source = p_source and p.external_id = coalesce(n.payment_id, r.reference)
  order by r.place
  limit 1;
  return v_payment;
end;
$$;
