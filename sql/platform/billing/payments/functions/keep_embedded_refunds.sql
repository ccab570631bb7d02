-- Before 2022-11-15 a charge carries its refunds, each a version of that refund.
create function private.keep_embedded_refunds(p_source text, p_charge_id text, p_payment public.payments)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_found record;
begin
  for v_found in
    select v.event_id, v.event_type, v.created, r.value as refund
    from private.billing_versions as v
    cross join lateral jsonb_array_elements(v.object #> '{refunds,data}') as r
    where v.source = p_source and v.type = 'charge' and v.object_id = p_charge_id
      and jsonb_typeof(v.object #> '{refunds,data}') = 'array'
    order by r.value ->> 'id', v.event_id
  loop
    perform private.store_version(
      p_source, 'refund', v_found.refund ->> 'id', v_found.event_id, v_found.event_type, v_found.created,
      v_found.refund, null, private.version_rank('refund', v_found.event_type, v_found.refund), false,
      p_payment.user_id
    );
    perform private.put_refund(p_source, v_found.refund ->> 'id', p_payment);
  end loop;
end;
$$;
