begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');

select throws_ok(
  format('select private.spend_credits(%L, %s)', 'aaaaaaaa-0000-4000-8000-000000000001', a.amount),
  'PT400', 'amount_invalid', 'an amount of ' || a.amount
)
from unnest(array['null', '0', '-5', '2147483647']) as a (amount);
select throws_ok(
  $$ select private.spend_credits(null, 1) $$, 'PT400', 'argument_missing', 'no user'
);
select throws_ok(
  $$ select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, p_idempotency_key => '') $$,
  'PT400', 'idempotency_key_invalid', 'an empty key'
);
select throws_ok(
  $$ select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, p_metadata => '"text"') $$,
  'PT400', 'metadata_invalid', 'metadata that is a string'
);
select throws_ok(
  $$ select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, repeat('d', 1001)) $$,
  'PT400', 'argument_too_long', 'a long description'
);
select is((select a.balance from public.credit_accounts as a), 10, 'nothing was spent');

select * from finish();
rollback;
