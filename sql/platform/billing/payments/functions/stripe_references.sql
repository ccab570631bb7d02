-- The ids by which an object of Stripe names its payment, the surest first: an
-- invoice (which a subscription's payment is booked under), a payment intent, a charge.
create function private.stripe_references(p_type text, p_object jsonb)
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
begin
  return array_remove(
    array[
      coalesce(p_object #>> '{invoice,id}', p_object ->> 'invoice'),
      coalesce(p_object #>> '{payment_intent,id}', p_object ->> 'payment_intent'),
      coalesce(p_object #>> '{payment,payment_intent,id}', p_object #>> '{payment,payment_intent}'),
      case when p_type = 'charge' then p_object ->> 'id' end,
      coalesce(p_object #>> '{charge,id}', p_object ->> 'charge'),
      coalesce(p_object #>> '{payment,charge,id}', p_object #>> '{payment,charge}')
    ],
    null
  );
end;
$$;
