begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.attach_customer('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1');
select private.attach_customer('aaaaaaaa-0000-4000-8000-000000000001', 'cus_2');
select private.attach_customer('bbbbbbbb-0000-4000-8000-000000000002', 'cus_1');

select results_eq(
  'select user_id, stripe_customer_id from public.customers where stripe_customer_id is not null', $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'cus_1') $$,
  'a user has one customer, a customer one user'
);

select * from finish();
rollback;
