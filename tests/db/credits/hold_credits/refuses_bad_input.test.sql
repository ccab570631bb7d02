begin;
select plan(11);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');

select throws_ok(
  format('select private.hold_credits(%L, %s)', 'aaaaaaaa-0000-4000-8000-000000000001', a.amount),
  'PT400', 'amount_invalid', 'an amount of ' || a.amount
)
from unnest(array['null', '0', '-5', '2147483647']) as a (amount);
select throws_ok(
  format('select private.hold_credits(%L, 1, p_expires_in => %L)', 'aaaaaaaa-0000-4000-8000-000000000001', i.expires_in),
  'PT400', 'deadline_invalid', 'a deadline in ' || i.expires_in
)
from unnest(array['0', '-1 second', '366 days']) as i (expires_in);
select throws_ok(
  $$ select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, p_metadata => '[]') $$,
  'PT400', 'metadata_invalid', 'metadata that is an array'
);
select throws_ok(
  $$ select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, p_idempotency_key => repeat('k', 256)) $$,
  'PT400', 'idempotency_key_invalid', 'a long key'
);
select throws_ok(
  $$ select private.hold_credits('bbbbbbbb-0000-4000-8000-000000000002', 1) $$, 'PT404', 'account_not_found',
  'an unknown user'
);
select private.close_account('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 1) $$, 'PT403', 'account_closed',
  'a closed account'
);

select * from finish();
rollback;
