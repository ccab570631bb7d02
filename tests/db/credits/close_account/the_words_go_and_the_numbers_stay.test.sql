begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase', 'For Ann',
  '{"note": "Ann", "package_id": "5", "stripe_payment_intent_id": "pi_1"}'
);
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4, 'For Ann', '{"note": "Ann", "operation": "x"}');
create temporary table numbers as
select to_jsonb(t) - '{description,metadata}'::text[] as row from public.credit_transactions as t;

select throws_ok(
  $$ update public.credit_transactions set description = null, metadata = private.book_metadata(metadata) $$,
  'PT403', 'ledger_append_only', 'of an open account nothing goes'
);
select private.close_account('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  'select description, metadata from public.credit_transactions',
  $$ values (null::text, '{"package_id": "5", "stripe_payment_intent_id": "pi_1"}'::jsonb) $$,
  'of a closed one the words go, and what was bought stays'
);
select results_eq(
  'select description, metadata from public.credit_holds', $$ values (null::text, '{"operation": "x"}'::jsonb) $$,
  'of its holds too'
);
select results_eq(
  $$ select to_jsonb(t) - '{description,metadata}'::text[] from public.credit_transactions as t $$,
  'select row from numbers', 'the numbers are what they were'
);
select throws_ok(
  'update public.credit_transactions set amount = 1000', 'PT403', 'ledger_append_only', 'and stay that'
);
select throws_ok(
  $$ update public.credit_transactions set description = 'For Bob' $$, 'PT403', 'ledger_append_only',
  'no word is put in their place'
);
select throws_ok(
  $$ update public.credit_transactions set metadata = '{}' $$, 'PT403', 'ledger_append_only',
  'what the books need does not go'
);

select * from finish();
rollback;
