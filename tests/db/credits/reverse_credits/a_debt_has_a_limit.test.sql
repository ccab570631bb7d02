begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 1000000000, 'refund');
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 1000000000, 'refund');

select throws_ok(
  $$ select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 1000000000, 'refund') $$, 'PT400',
  'amount_invalid', 'no debt wraps around'
);
select is((select a.debt from public.credit_accounts as a), 2000000000, 'it stays as it was');

select * from finish();
rollback;
