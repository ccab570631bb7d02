begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into public.invoices (user_id, source, external_id, subscription_id, status, amount_due, amount_paid, currency, invoice_number)
values
  ('aaaaaaaa-0000-4000-8000-000000000001', 'stripe', 'in_1', 'sub_1', 'open', 4999, 0, 'usd', 'A-1'),
  ('aaaaaaaa-0000-4000-8000-000000000001', 'whop', 'pay_1', null, 'paid', 4999, 4999, 'usd', null),
  ('bbbbbbbb-0000-4000-8000-000000000002', 'stripe', 'in_2', null, 'paid', 999, 999, 'usd', 'A-2');
select tests.authenticate_as_subject('auth0|ann');
select results_eq(
  $$
    select stripe_invoice_id, stripe_subscription_id, status, amount_due, amount_paid, currency, invoice_number from staging.invoices
  $$,
  $$ values ('in_1', 'sub_1', 'open', 4999, 0, 'usd', 'A-1') $$, 'Stripe''s, in cents'
);
select throws_ok('update staging.invoices set status = ''paid''', '42501', null, 'and pay none by hand');
select throws_ok('insert into staging.invoices (status) values (''paid'')', '42501', null, 'nor make one');
select tests.authenticate_as_anon();
select throws_ok('select 1 from staging.invoices', '42501', null, 'anon may not look');
select tests.clear_authentication();
update public.profiles set role = 'admin' where auth0_sub = 'auth0|bob';
select tests.authenticate_as_subject('auth0|bob');
select is((select count(*) from staging.invoices), 2::bigint, 'an admin reads all');

select * from finish();
rollback;
