begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase', p_idempotency_key => 'key-1',
  p_cause_type => 'stripe_payment', p_cause_id => 'pi_1');

select throws_ok(
  format('select private.grant_credits(%L, %s)', 'aaaaaaaa-0000-4000-8000-000000000001', c.arguments),
  'PT409', 'idempotency_key_reused', c.what
)
from (
  values
    ('another amount', $$11, 'purchase', p_idempotency_key => 'key-1', p_cause_type => 'stripe_payment', p_cause_id => 'pi_1'$$),
    ('another type', $$10, 'bonus', p_idempotency_key => 'key-1', p_cause_type => 'stripe_payment', p_cause_id => 'pi_1'$$),
    ('another cause', $$10, 'purchase', p_idempotency_key => 'key-1', p_cause_type => 'stripe_payment', p_cause_id => 'pi_2'$$),
    ('no cause', $$10, 'purchase', p_idempotency_key => 'key-1'$$)
) as c (what, arguments);
select is((select a.balance from public.credit_accounts as a), 10, 'nothing moved');

select * from finish();
rollback;
