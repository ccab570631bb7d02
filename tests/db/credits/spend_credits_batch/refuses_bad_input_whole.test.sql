begin;
select plan(13);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');

select throws_ok(
  format('select * from private.spend_credits_batch(%L)', c.spends), 'PT400', c.word, c.what
)
from (
  values
    ('no batch', 'batch_invalid', null),
    ('an object', 'batch_invalid', '{}'),
    ('1001 spends', 'batch_invalid', (
      select jsonb_agg(jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 1))::text from generate_series(1, 1001)
    )),
    ('an item that is no object', 'argument_missing', '[1]'),
    ('no user', 'argument_missing', '[{"amount": 1}]'),
    ('no amount', 'amount_invalid', '[{"user_id": "aaaaaaaa-0000-4000-8000-000000000001"}]'),
    ('a negative amount', 'amount_invalid', '[{"user_id": "aaaaaaaa-0000-4000-8000-000000000001", "amount": -1}]'),
    ('a huge amount', 'amount_invalid', '[{"user_id": "aaaaaaaa-0000-4000-8000-000000000001", "amount": 2147483647}]'),
    ('an empty key', 'idempotency_key_invalid', '[{"user_id": "aaaaaaaa-0000-4000-8000-000000000001", "amount": 1, "idempotency_key": ""}]'),
    ('metadata that is an array', 'metadata_invalid', '[{"user_id": "aaaaaaaa-0000-4000-8000-000000000001", "amount": 1, "metadata": []}]'),
    ('a good one before a bad one', 'amount_invalid', '[{"user_id": "aaaaaaaa-0000-4000-8000-000000000001", "amount": 1}, {"user_id": "aaaaaaaa-0000-4000-8000-000000000001", "amount": 0}]')
) as c (what, word, spends);
select is((select a.balance from public.credit_accounts as a), 10, 'nothing was spent');
select is_empty($$ select * from private.spend_credits_batch('[]') $$, 'an empty batch is no error');

select * from finish();
rollback;
