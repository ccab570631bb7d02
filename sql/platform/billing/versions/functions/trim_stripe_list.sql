-- What is kept of a list within an object of Stripe. Items and lines of both
-- generations of the API become those of the older one, with their price's id.
create function private.trim_stripe_list(p_key text, p_list jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_data jsonb := p_list -> 'data';
  v_kept jsonb := '[]'::jsonb;
  v_item jsonb;
begin
  if jsonb_typeof(v_data) is distinct from 'array' then
    return null;
  end if;
  for i in 0 .. jsonb_array_length(v_data) - 1 loop
    v_item := v_data -> i;
    v_kept := v_kept || jsonb_build_array(
      case p_key
        when 'items' then jsonb_build_object(
          'id', v_item -> 'id',
          'price', private.stripe_price_of(v_item),
          'quantity', v_item -> 'quantity',
          'current_period_start', v_item -> 'current_period_start',
          'current_period_end', v_item -> 'current_period_end'
        )
        when 'lines' then jsonb_build_object(
          'price', private.stripe_price_of(v_item),
          'quantity', v_item -> 'quantity',
          'amount', v_item -> 'amount',
          'proration', coalesce(
            nullif(v_item -> 'proration', 'null'),
            nullif(v_item #> '{parent,subscription_item_details,proration}', 'null'),
            v_item #> '{parent,invoice_item_details,proration}'
          ),
          'period', jsonb_build_object('start', v_item #> '{period,start}', 'end', v_item #> '{period,end}')
        )
        when 'payments' then private.trim_stripe_object('invoice_payment', v_item)
        when 'refunds' then private.trim_stripe_object('refund', v_item)
      end
    );
  end loop;
  return jsonb_build_object('data', v_kept, 'has_more', p_list -> 'has_more');
end;
$$;
