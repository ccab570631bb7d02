begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 3, 'chargeback');

select throws_ok(
  $$ select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 1) $$, 'PT402',
  'insufficient_credits', 'a debt is no balance'
);

select * from finish();
rollback;
