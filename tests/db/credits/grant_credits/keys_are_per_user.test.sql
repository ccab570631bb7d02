begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus', p_idempotency_key => 'key-1');
select private.grant_credits(
  'bbbbbbbb-0000-4000-8000-000000000002', 20, 'purchase', p_idempotency_key => 'key-1'
);

select results_eq(
  'select balance from public.credit_accounts order by user_id', 'values (10), (20)',
  'one key of two users is two calls'
);

select * from finish();
rollback;
