begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4);

select throws_ok(
  $$ select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 7) $$,
  'PT402', 'insufficient_credits', 'held credits are not spendable'
);
select lives_ok(
  $$ select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 6) $$, 'all that is available is'
);
select throws_ok(
  $$ select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 1) $$, 'PT402',
  'insufficient_credits', 'and then nothing is'
);
select results_eq(
  'select balance, held from public.credit_accounts', 'values (0, 4)', 'the account is not below zero'
);

select * from finish();
rollback;
