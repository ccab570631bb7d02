begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(
  public.billing_customer(),
  '{"user_id": "aaaaaaaa-0000-4000-8000-000000000001", "email": "ann@example.com", "stripe_customer_id": null}'::jsonb,
  'nobody yet'
);
select tests.clear_authentication();
insert into public.customers (user_id, stripe_customer_id) values ('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1');
update public.profiles set is_active = false;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(
  public.billing_customer() ->> 'stripe_customer_id', 'cus_1', 'a customer, also one who is deactivated'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok('select public.billing_customer()', 'PT403', 'profile_missing', 'no profile');
select tests.authenticate('authenticated', '{}');
select throws_ok('select public.billing_customer()', 'PT403', 'not_signed_in', 'no user');
select tests.authenticate_as_anon();
select throws_ok('select public.billing_customer()', '42501', null, 'anon');

select * from finish();
rollback;
