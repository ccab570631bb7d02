-- The payment that one of these ids names, by the first that is known; null when none
-- is. A payment's own id is one of its references.
create function private.payment_of(p_source text, p_references text[])
returns public.payments
language plpgsql
stable
set search_path = ''
as $$
declare
  v_payment public.payments;
  v_id text;
begin
  select r.payment_id into v_id
  from private.payment_references as r
  where r.source = p_source and r.reference = any (p_references)
  order by array_position(p_references, r.reference)
  limit 1;
  if found then
    select * into v_payment from public.payments as p where p.source = p_source and p.external_id = v_id;
  end if;
  return v_payment;
end;
$$;
