begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4);
select tests.authenticate_as_service();
select is(editor.deduct_user_credits('aaaaaaaa-0000-4000-8000-000000000001', 2, 'usage', 'Two'), 4, 'returns what can be spent then');
select is(
  editor.deduct_user_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'usage', 'One', '{"idempotency_key": "k"}'), 3, 'a key'
);
select is(
  editor.deduct_user_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'usage', 'One', '{"idempotency_key": "k"}'), 3, 'counts once'
);
select throws_ok(
  $$ select editor.deduct_user_credits('aaaaaaaa-0000-4000-8000-000000000001', 4, 'usage') $$, 'PT402', 'insufficient_credits',
  'more than can be spent is refused'
);
select is(editor.deduct_user_credits('aaaaaaaa-0000-4000-8000-000000000001', 3), 0, 'usage is the type that it has');
select tests.clear_authentication();
select results_eq(
  'select transaction_type, amount from editor.credit_transactions where amount < 0 order by created_at',
  $$ values ('usage', -2), ('usage', -1), ('usage', -3) $$, 'the ledger has it'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
