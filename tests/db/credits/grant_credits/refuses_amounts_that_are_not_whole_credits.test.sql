begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  format('select private.grant_credits(%L, %s, ''bonus'')', 'aaaaaaaa-0000-4000-8000-000000000001', a.amount),
  'PT400', 'amount_invalid', 'an amount of ' || a.amount
)
from unnest(array['null', '0', '-1', '1000000001', '2147483647']) as a (amount);
select lives_ok(
  $$ select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1000000000, 'bonus') $$,
  'the largest amount is taken'
);

select * from finish();
rollback;
