begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'refund');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'monthly_reset');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'trial_grant');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'adjustment');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 45);

select results_eq(
  'select source, remaining from public.credit_lots order by seq',
  $$
    values ('purchase', 10), ('refund', 0), ('bonus', 0), ('monthly_reset', 0), ('trial_grant', 0),
      ('adjustment', 5)
  $$,
  'what was given burns before what was paid'
);

select * from finish();
rollback;
