begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.close_account('aaaaaaaa-0000-4000-8000-000000000001');

select lives_ok(
  $$ select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 5, 'purchase') $$,
  'what was paid is booked'
);
select throws_ok(
  $$ select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 5) $$, 'PT403', 'account_closed',
  'but not spent'
);

select * from finish();
rollback;
