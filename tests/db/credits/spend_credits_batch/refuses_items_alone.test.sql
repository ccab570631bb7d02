begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus', p_idempotency_key => 'granted'
);
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, p_idempotency_key => 'held');
select private.grant_credits('bbbbbbbb-0000-4000-8000-000000000002', 10, 'bonus');
select private.close_account('bbbbbbbb-0000-4000-8000-000000000002');

select results_eq(
  format(
    'select ordinal, balance_after, error from private.spend_credits_batch(%L) order by ordinal',
    jsonb_build_array(
      jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 5),
      jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 5),
      jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 4),
      jsonb_build_object('user_id', 'bbbbbbbb-0000-4000-8000-000000000002', 'amount', 1),
      jsonb_build_object('user_id', 'cccccccc-0000-4000-8000-000000000003', 'amount', 1),
      jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 1, 'idempotency_key', 'granted'),
      jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 1, 'idempotency_key', 'held')
    )
  ),
  $$
    values
      (1, 5, null::text),
      (2, null, 'insufficient_credits'),
      (3, 1, null),
      (4, null, 'account_closed'),
      (5, null, 'account_not_found'),
      (6, null, 'idempotency_key_reused'),
      (7, null, 'idempotency_key_reused')
  $$,
  'the others stand'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
