begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into public.products (id, name) values ('prod_1', 'Pro');
insert into public.prices (id, product_id, unit_amount, currency, type) values ('price_1', 'prod_1', 4999, 'usd', 'recurring');
update public.plans set price_id = 'price_1' where code = 'pro';
select tests.authenticate_as_anon();
select results_eq(
  $$ select code, price_id, monthly_limit from staging.plans where code in ('free', 'pro') order by code $$,
  $$ values ('free', null, 10), ('pro', 'price_1', 500) $$, 'anon too'
);
select tests.authenticate_as_subject('auth0|ann');
select isnt_empty('select 1 from staging.plans', 'a user');
select throws_ok('update staging.plans set monthly_limit = 1000', '42501', null, 'who changes none');

select * from finish();
rollback;
