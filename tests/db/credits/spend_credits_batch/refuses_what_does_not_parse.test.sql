begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');

select throws_ok(
  format('select * from private.spend_credits_batch(%L)', c.spends), 'PT400', c.word, c.what
)
from (
  values
    ('a user that is no uuid', 'batch_invalid', '[{"user_id": "ann", "amount": 1}]'),
    ('an amount in words', 'amount_invalid', '[{"user_id": "aaaaaaaa-0000-4000-8000-000000000001", "amount": "ten"}]'),
    ('a fraction', 'amount_invalid', '[{"user_id": "aaaaaaaa-0000-4000-8000-000000000001", "amount": 1.5}]'),
    ('an amount above any integer', 'amount_invalid', '[{"user_id": "aaaaaaaa-0000-4000-8000-000000000001", "amount": 99999999999}]')
) as c (what, word, spends);
select is((select a.balance from public.credit_accounts as a), 10, 'nothing was spent');

select * from finish();
rollback;
