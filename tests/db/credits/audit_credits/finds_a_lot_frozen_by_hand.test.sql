begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
update public.credit_lots set frozen_at = now();

select set_eq(
  'select problem from private.audit_credits()',
  array['balance is not the sum of its lots', 'held is not the sum of open holds and frozen lots'],
  'its remaining is not counted as held'
);

select * from finish();
rollback;
