begin;
select plan(12);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  format('select private.grant_credits(%L, 1, %L)', 'aaaaaaaa-0000-4000-8000-000000000001', t.type),
  'PT400', 'transaction_type_invalid', 'type ' || coalesce(t.type, 'null')
)
from unnest(array['usage', 'chargeback', 'expiration', 'gift', '', null]) as t (type);
select lives_ok(
  format('select private.grant_credits(%L, 1, %L)', 'aaaaaaaa-0000-4000-8000-000000000001', t.type),
  'type ' || t.type
)
from unnest(array['purchase', 'refund', 'bonus', 'monthly_reset', 'trial_grant', 'adjustment']) as t (type);

select * from finish();
rollback;
