begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  $$ select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 5, p_idempotency_key => 'key-1') $$,
  'PT402', 'insufficient_credits', 'the first call is refused'
);
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select is(
  (private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 7, p_idempotency_key => 'key-1')).amount, -7,
  'its key is free for another one'
);

select * from finish();
rollback;
