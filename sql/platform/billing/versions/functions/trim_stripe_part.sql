-- What is kept of an object within an object of Stripe: of one that Stripe expanded
-- its id, of metadata what our functions write there. A subscription's metadata is
-- its seller's, mirrored whole.
create function private.trim_stripe_part(p_type text, p_key text, p_value jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_value = '{}'::jsonb or (p_type = 'subscription' and p_key = 'metadata') then
    return p_value;
  end if;
  return case
    when p_key = 'metadata' then private.pick_keys(p_value, '{user_id,checkout_id}')
    when p_key in ('items', 'lines', 'payments', 'refunds') then private.trim_stripe_list(p_key, p_value)
    when p_key = 'parent' then jsonb_build_object(
      'subscription_details',
      private.trim_stripe_part(p_type, 'subscription_details', coalesce(p_value -> 'subscription_details', '{}'))
    )
    when p_key = 'subscription_details' then jsonb_build_object(
      'subscription', coalesce(p_value #> '{subscription,id}', p_value -> 'subscription'),
      'metadata', private.pick_keys(p_value -> 'metadata', '{user_id,checkout_id}')
    )
    when p_key = 'payment' then jsonb_build_object(
      'payment_intent', coalesce(p_value #> '{payment_intent,id}', p_value -> 'payment_intent'),
      'charge', coalesce(p_value #> '{charge,id}', p_value -> 'charge')
    )
    when p_key = 'invoice_settings' then
      case
        when p_value ? 'default_payment_method' then jsonb_build_object(
          'default_payment_method',
          coalesce(p_value #> '{default_payment_method,id}', p_value -> 'default_payment_method')
        )
        else '{}'::jsonb
      end
    when p_key = 'plan' then private.pick_keys(p_value, '{id}')
    when p_key = 'evidence_details' then private.pick_keys(p_value, '{due_by}')
    when p_key = 'last_payment_error' then private.pick_keys(p_value, '{code,decline_code}')
    else coalesce(p_value -> 'id', 'null'::jsonb)
  end;
end;
$$;
