-- What the books need of a transaction's metadata once its account is closed: which
-- business object it was about. The rest may be words about a person.
create function private.book_metadata(p_metadata jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(e.key, e.value), '{}'::jsonb)
  from jsonb_each(p_metadata) as e
  where e.key in (
    'operation', 'subject_id', 'invoice_id', 'subscription_id', 'plan_id', 'subscription_plan_id', 'checkout_id',
    'package_id', 'pay_as_you_go_package_id', 'stripe_payment_intent_id'
  );
$$;
