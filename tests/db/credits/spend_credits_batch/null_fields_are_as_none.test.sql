begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');

select lives_ok(
  format(
    'select * from private.spend_credits_batch(%L)',
    '[{"user_id": "aaaaaaaa-0000-4000-8000-000000000001", "amount": 1, "description": null, "metadata": null, "idempotency_key": null}]'
  ),
  'a client sends null for what it does not set, as to spend_credits'
);

select * from finish();
rollback;
