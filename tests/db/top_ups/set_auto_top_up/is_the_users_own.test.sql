begin;
select plan(23);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 200, 'bonus');
insert into public.customers (user_id, stripe_customer_id)
values ('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1');
create function pg_temp.set(p_threshold integer, p_package text, p_cap integer) returns public.auto_top_ups language sql as $$
  select public.set_auto_top_up(true, p_threshold, (select p.id from public.credit_packages as p where p.code = p_package), p_cap);
$$;
grant execute on function pg_temp.set(integer, text, integer) to public;

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok($$select pg_temp.set(50, 'starter', 2000)$$, 'PT422', 'payment_method_missing', 'without a saved card there is none');
select is_empty('select 1 from public.auto_top_ups', 'nothing is set');
select tests.clear_authentication();
insert into private.payment_methods (id, customer_id, created_at) values ('pm_1', 'cus_1', now());
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok($$select pg_temp.set(0, 'starter', 2000)$$, 'PT400', 'input_invalid', 'a threshold is above nothing');
select throws_ok($$select pg_temp.set(null, 'starter', 2000)$$, 'PT400', 'input_invalid', 'and there');
select throws_ok($$select pg_temp.set(101, 'starter', 2000)$$, 'PT400', 'input_invalid', 'the package lifts the balance over it');
select throws_ok($$select pg_temp.set(50, 'starter', 998)$$, 'PT400', 'input_invalid', 'a cap has room for one');
select throws_ok($$select pg_temp.set(50, 'starter', null)$$, 'PT400', 'input_invalid', 'and is there');
select throws_ok($$select pg_temp.set(50, 'starter', -1)$$, 'PT400', 'input_invalid', 'and is not negative');
select throws_ok($$select pg_temp.set(50, 'nothing', 2000)$$, 'PT404', 'package_not_found', 'a package is for sale');
select throws_ok('select public.set_auto_top_up(null)', 'PT400', 'argument_missing', 'on or off');
select is((pg_temp.set(50, 'starter', 2000)).enabled, true, 'on');
select results_eq(
  'select threshold, unit_amount, currency, monthly_cap from public.auto_top_ups',
  $$values (50, 999, 'usd', 2000)$$, 'as it was set, at the price as it is'
);
select is((select a.top_up_at from public.credit_accounts as a), 50, 'the account watches');
select is((pg_temp.set(100, 'creator', 4000)).monthly_cap, 4000, 'set again');
select is((public.set_auto_top_up(false)).enabled, false, 'off');
select is((select a.top_up_at from public.credit_accounts as a), null, 'the account watches no more');
select is((public.set_auto_top_up(false)).threshold, 100, 'off again changes nothing');
select throws_ok($$update public.auto_top_ups set monthly_cap = 0$$, '42501', null, 'the table is not written');
select tests.clear_authentication();
select is_empty('select 1 from private.balance_crossings', 'a balance that is above does not cross');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select pg_temp.set(400, 'creator', 4000);
select tests.clear_authentication();
select isnt_empty('select 1 from private.balance_crossings', 'one that is below when it is set does');
update public.profiles set is_active = false where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok($$select pg_temp.set(50, 'starter', 2000)$$, 'PT403', 'account_suspended', 'who is suspended buys nothing');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty('select 1 from public.auto_top_ups', 'nobody reads another''s');
select throws_ok($$select pg_temp.set(50, 'starter', 2000)$$, 'PT422', 'payment_method_missing', 'nor charges another''s card');
select tests.clear_authentication();

select * from finish();
rollback;
