begin;
select plan(25);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 200, 'bonus');
insert into public.customers (user_id, stripe_customer_id) values ('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1');
insert into private.payment_methods (id, customer_id, created_at)
values ('pm_old', 'cus_1', now() - interval '1 year'), ('pm_1', 'cus_1', now()), ('pm_2', 'cus_2', now());
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.set_auto_top_up(true, 50, (select p.id from public.credit_packages as p where p.code = 'starter'), 2500);
select tests.clear_authentication();
create function pg_temp.spend(p_amount integer) returns void language sql as $$
  select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', p_amount);
$$;
create function pg_temp.look() returns text language sql as $$
  select private.handle_crossing('aaaaaaaa-0000-4000-8000-000000000001');
$$;
-- As the webhook of its payment does.
create function pg_temp.pay() returns void language sql as $$
  update public.checkouts as c set status = 'paid' where c.status = 'open';
  select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'purchase');
$$;

select pg_temp.spend(150);
select is_empty('select private.due_crossings()', 'a balance at the threshold is not below it');
select pg_temp.spend(1);
select isnt_empty('select private.due_crossings()', 'below, the account is noted');
select pg_temp.spend(1);
select is((select count(*)::integer from private.balance_crossings), 1, 'once');
select is(pg_temp.look(), 'requested', 'a top-up is asked for');
select is(pg_temp.look(), 'none', 'once');
select results_eq(
  'select c.credits, c.unit_amount, c.status, t.status, t.payment_method from public.top_ups as t join public.checkouts as c on c.id = t.id',
  $$values (100, 999, 'open', 'open', 'pm_1')$$, 'the offer as it is now, charged to the newest card of the user''s own'
);
select is(
  (select j.payload - 'checkout_id' from public.jobs as j join public.top_ups as t on t.id = j.subject_id),
  '{"user_id": "aaaaaaaa-0000-4000-8000-000000000001", "amount": 999, "currency": "usd", "customer": "cus_1", "payment_method": "pm_1", "description": "Starter"}',
  'by a job'
);
select is_empty('select 1 from public.notifications_outbox', 'who is topped up is not told that the balance is low');
select pg_temp.spend(20);
select is(pg_temp.look(), 'none', 'falling further is not another crossing');

-- It rises and falls again while the first is being charged.
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
select pg_temp.spend(100);
select is(pg_temp.look(), 'open', 'one is charged at a time');
select is((select count(*)::integer from public.top_ups), 1, 'no second one');

select pg_temp.pay();
select is((select t.status from public.top_ups as t), 'paid', 'its checkout is paid, and so is it');
select pg_temp.spend(50);
select is(pg_temp.look(), 'none', 'a balance above the threshold');
select pg_temp.spend(30);
select is(pg_temp.look(), 'requested', 'that falls again is topped up again');
select pg_temp.pay();
select pg_temp.spend(100);
select is(pg_temp.look(), 'cap', 'as far as the cap goes');
select is((select count(*)::integer from public.top_ups), 2, 'two of 999 in 2500, not three');
select is(
  (select s.look_again_at from public.auto_top_ups as s), date_trunc('month', now(), 'UTC') + interval '1 month',
  'the next month is another'
);
update public.top_ups set created_at = date_trunc('month', now(), 'UTC') - interval '1 second';
update public.auto_top_ups set look_again_at = now();
select private.look_again(d) from private.due_looks() as d;
select is(pg_temp.look(), 'requested', 'when it comes the balance is looked at again');
select is_empty('select private.due_looks()', 'once');

-- The user turns it off while a crossing waits.
select pg_temp.pay();
select pg_temp.spend(100);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.set_auto_top_up(false);
select tests.clear_authentication();
select is(pg_temp.look(), 'none', 'off is off');
select is((select count(*)::integer from public.top_ups), 3, 'at once');

-- And while one waits to be charged.
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.set_auto_top_up(true, 50, (select p.id from public.credit_packages as p where p.code = 'starter'), 9000);
select tests.clear_authentication();
select is(pg_temp.look(), 'requested', 'on again');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.set_auto_top_up(false);
select tests.clear_authentication();
select is_empty($$select 1 from public.jobs where finished_at is null$$, 'what was not begun is not charged');
select is_empty($$select 1 from public.top_ups where status = 'open'$$, 'it failed');
select is_empty($$select 1 from public.notifications_outbox where kind = 'top_up_failed'$$, 'which nobody is told who turned it off');

select * from finish();
rollback;
