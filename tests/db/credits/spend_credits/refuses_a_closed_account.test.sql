begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.close_account('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  $$ select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 1) $$, 'PT403', 'account_closed',
  'whatever its balance'
);

select * from finish();
rollback;
