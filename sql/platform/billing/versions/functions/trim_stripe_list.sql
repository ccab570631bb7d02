-- What is kept of a list within an object of Stripe. Items and lines of both
-- generations of the API become those of the older one, with their price's id.
create function private.trim_stripe_list(p_key text, p_list jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return private.pick_keys(p_list, '{has_more}') || case
    when jsonb_typeof(p_list -> 'data') is distinct from 'array' then '{}'::jsonb
    else jsonb_build_object('data', (
      select coalesce(
        jsonb_agg(
          case p_key
            when 'items' then jsonb_build_object(
              'id', e.value -> 'id',
              'price', private.stripe_price_of(e.value),
              'quantity', e.value -> 'quantity',
              'current_period_start', e.value -> 'current_period_start',
              'current_period_end', e.value -> 'current_period_end'
            )
            when 'lines' then jsonb_build_object(
              'price', private.stripe_price_of(e.value),
              'quantity', e.value -> 'quantity',
              'amount', e.value -> 'amount',
              'proration', private.is_proration(e.value),
              'period', private.pick_keys(e.value -> 'period', '{start,end}')
            )
            when 'payments' then jsonb_build_object(
              'invoice', coalesce(e.value #> '{invoice,id}', e.value -> 'invoice'),
              'status', e.value -> 'status',
              'payment', private.trim_stripe_part('invoice_payment', 'payment', coalesce(e.value -> 'payment', '{}'))
            )
            else private.trim_stripe_object('refund', e.value)
          end
          order by e.ordinality
        ),
        '[]'::jsonb
      )
      from jsonb_array_elements(p_list -> 'data') with ordinality as e
    ))
  end;
end;
$$;
