begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 1, 'purchase', p_description => '1', p_cause_type => 'stripe_payment', p_cause_id => 'pi_1',
  p_metadata => '{"package_id": "55555555-0000-4000-8000-000000000001"}'
);
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 1, 'purchase', p_description => '2', p_cause_type => 'stripe_payment', p_cause_id => 'cs_1'
);
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 1, 'monthly_reset', p_description => '3', p_expires_at => now() + interval '1 month',
  p_metadata => '{"plan_id": "55555555-0000-4000-8000-000000000002"}'
);
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 1, 'purchase', p_description => '4',
  p_metadata => '{
    "stripe_payment_intent_id": "pi_4", "subscription_plan_id": "55555555-0000-4000-8000-000000000003",
    "pay_as_you_go_package_id": "no uuid"
  }'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$
    select stripe_payment_intent_id, subscription_plan_id, pay_as_you_go_package_id, expires_at
    from editor.credit_transactions order by description
  $$,
  $$
    values
      ('pi_1', null::uuid, '55555555-0000-4000-8000-000000000001'::uuid, null::timestamptz), (null, null, null, null),
      (null, '55555555-0000-4000-8000-000000000002', null, now() + interval '1 month'),
      ('pi_4', '55555555-0000-4000-8000-000000000003', null, null)
  $$,
  'the payment, the plan and the package, where they are known'
);
select results_eq(
  'select balance_before, balance_after, amount from editor.credit_transactions order by description',
  'values (0, 1, 1), (1, 2, 1), (2, 3, 1), (3, 4, 1)', 'with its balances'
);

select * from finish();
rollback;
