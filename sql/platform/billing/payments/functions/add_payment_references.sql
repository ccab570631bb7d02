-- Notes other ids of a payment, and wakes what waits for one of them.
create function private.add_payment_references(p_source text, p_payment_id text, p_references text[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_new text[];
begin
  with added as (
    insert into private.payment_references (source, reference, payment_id)
    select distinct p_source, r.reference, p_payment_id
    from unnest(p_payment_id || p_references) as r (reference)
    where r.reference is not null
    on conflict (source, reference) do nothing
    returning reference
  )
  select array_agg('payment:' || a.reference) into v_new from added as a;
  if v_new is not null then
    perform private.wake_events(p_source, v_new);
  end if;
end;
$$;
