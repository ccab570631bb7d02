begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.checkouts (id, user_id, package_id, idempotency_key, credits, unit_amount, currency)
select c.id::uuid, 'aaaaaaaa-0000-4000-8000-000000000001', p.id, c.id, p.credits, p.unit_amount, p.currency
from public.credit_packages as p
cross join (values ('cccccccc-0000-4000-8000-000000000001'), ('cccccccc-0000-4000-8000-000000000002')) as c (id)
where p.code = 'starter';
create function pg_temp.settle(p_n integer, p_payment text) returns void language sql as $$
  select private.settle_checkout(c, p_payment, 999, '{}', now())
  from public.checkouts as c where c.id = ('cccccccc-0000-4000-8000-00000000000' || p_n)::uuid;
$$;
select pg_temp.settle(1, 'pi_1');

select throws_ok($$ select pg_temp.settle(1, 'pi_2') $$, 'PT422', 'checkout_already_paid', 'a checkout has one payment');
select throws_ok($$ select pg_temp.settle(2, 'pi_1') $$, 'PT422', 'payment_of_another_checkout', 'a payment one checkout');
select is((select balance from public.credit_accounts), 100, 'and grants once');

select * from finish();
rollback;
