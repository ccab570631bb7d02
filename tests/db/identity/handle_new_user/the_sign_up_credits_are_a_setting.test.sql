begin;
select plan(1);

select private.set_setting('signup_credits', '7');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.set_setting('signup_credits', '0');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');

select results_eq(
  'select balance from public.credit_accounts order by user_id', 'values (7), (0)', 'seven, then none'
);

select * from finish();
rollback;
