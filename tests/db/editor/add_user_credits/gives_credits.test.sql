begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as_service();
select is(editor.add_user_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus'), 10, 'returns the new balance');
select is(
  editor.add_user_credits(
    'aaaaaaaa-0000-4000-8000-000000000001', 5, 'purchase', 'Five',
    '{"stripe_payment_intent_id": "pi_1", "pay_as_you_go_package_id": "55555555-0000-4000-8000-000000000001"}'
  ),
  15, 'with all of its arguments'
);
select is(
  editor.add_user_credits(
    'aaaaaaaa-0000-4000-8000-000000000001', 5, 'purchase', 'Five', '{"stripe_payment_intent_id": "pi_1"}'
  ),
  15, 'a payment counts once'
);
select throws_ok(
  $$
    select editor.add_user_credits(
      'aaaaaaaa-0000-4000-8000-000000000001', 6, 'purchase', 'Six', '{"stripe_payment_intent_id": "pi_1"}'
    )
  $$,
  'PT409', 'idempotency_key_reused', 'for one amount'
);
select is(
  editor.add_user_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'refund', null, '{"idempotency_key": "k"}'), 16, 'a key'
);
select is(
  editor.add_user_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'refund', null, '{"idempotency_key": "k"}'), 16,
  'does the same'
);
select tests.clear_authentication();
select is_empty('select 1 from public.admin_logs', 'the service is no admin');
select results_eq(
  $$
    select transaction_type, amount, balance_before, balance_after, stripe_payment_intent_id, pay_as_you_go_package_id
    from editor.credit_transactions where transaction_type = 'purchase'
  $$,
  $$ values ('purchase', 5, 10, 15, 'pi_1', '55555555-0000-4000-8000-000000000001'::uuid) $$, 'the ledger has it'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
