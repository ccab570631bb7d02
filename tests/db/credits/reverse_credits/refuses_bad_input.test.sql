begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  format('select private.reverse_credits(%L, 1, %L)', 'aaaaaaaa-0000-4000-8000-000000000001', t.type),
  'PT400', 'transaction_type_invalid', 'type ' || coalesce(t.type, 'null')
)
from unnest(array['purchase', 'usage', 'expiration', null]) as t (type);
select throws_ok(
  format('select private.reverse_credits(%L, %s, ''refund'')', 'aaaaaaaa-0000-4000-8000-000000000001', a.amount),
  'PT400', 'amount_invalid', 'an amount of ' || a.amount
)
from unnest(array['null', '0', '-1', '2147483647']) as a (amount);
select throws_ok(
  $$ select private.reverse_credits('bbbbbbbb-0000-4000-8000-000000000002', 1, 'refund') $$, 'PT404',
  'account_not_found', 'an unknown user'
);

select * from finish();
rollback;
