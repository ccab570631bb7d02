-- Asks for one automatic purchase, if the user's setting lets it. The row of customers
-- is locked: two never pass the cap, and one is open at a time. The charge itself is a
-- job's, whose idempotency key at Stripe is the purchase's id. Answers what became of
-- it: requested, or why not.
create function private.request_top_up(p_setting public.auto_top_ups, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_package public.credit_packages;
  v_method text := private.saved_payment_method(p_setting.user_id, p_setting.declined_at);
  v_checkout public.checkouts;
begin
  if v_method is null then
    return 'card';
  end if;
  if exists (
    select 1 from public.top_ups as t where t.user_id = p_setting.user_id and t.status = 'open'
  ) then
    return 'open';
  end if;
  select * into v_package from public.credit_packages as p where p.id = p_setting.package_id;
  if not v_package.is_active
    or (v_package.unit_amount, v_package.currency) <> (p_setting.unit_amount, p_setting.currency) then
    -- Not what the user agreed to: it ends, and they are told once.
    update public.auto_top_ups as t set enabled = false where t.user_id = p_setting.user_id;
    return 'package';
  end if;
  if private.month_spent(p_setting.user_id, p_setting.currency, p_now) + p_setting.unit_amount
    > p_setting.monthly_cap then
    update public.auto_top_ups as t
    set look_again_at = private.add_months(date_trunc('month', p_now, 'UTC'), 1)
    where t.user_id = p_setting.user_id;
    return 'cap';
  end if;

  insert into public.checkouts (
    user_id, package_id, idempotency_key, credits, unit_amount, currency, expires_after, created_at
  )
  values (
    p_setting.user_id, v_package.id, 'top_up:' || gen_random_uuid(), v_package.credits,
    v_package.unit_amount, v_package.currency, v_package.expires_after, p_now
  )
  returning * into v_checkout;
  insert into public.top_ups (id, user_id, payment_method, created_at)
  values (v_checkout.id, p_setting.user_id, v_method, p_now);
  perform private.request_jobs(
    array[
      row(
        p_setting.user_id, 'billing.top_up', v_checkout.id,
        jsonb_build_object(
          'checkout_id', v_checkout.id,
          'user_id', p_setting.user_id,
          'amount', v_checkout.unit_amount,
          'currency', v_checkout.currency,
          'customer', (
            select c.stripe_customer_id from public.customers as c where c.user_id = p_setting.user_id
          ),
          'payment_method', v_method,
          'description', v_package.name
        ),
        null, null, 1
      )::private.job_request
    ],
    p_now
  );
  return 'requested';
end;
$$;
