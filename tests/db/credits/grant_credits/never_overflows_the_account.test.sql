begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1000000000, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 600000000);
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1000000000, 'bonus');

select throws_ok(
  $$ select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'bonus') $$,
  'PT400', 'amount_invalid', 'balance and held together have a limit'
);
select results_eq(
  'select balance, held from public.credit_accounts', 'values (1400000000, 600000000)',
  'the account is as it was'
);

select * from finish();
rollback;
