begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 60, 'bonus');
insert into public.customers (user_id, stripe_customer_id) values ('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1');
insert into private.payment_methods (id, customer_id, created_at) values ('pm_1', 'cus_1', now());
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.set_auto_top_up(true, 50, (select p.id from public.credit_packages as p where p.code = 'starter'), 5000);
select tests.clear_authentication();
update public.credit_packages set unit_amount = 1099 where code = 'starter';
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 50);
select is(private.handle_crossing('aaaaaaaa-0000-4000-8000-000000000001'), 'package', 'the price is not the one that was agreed to');
select is_empty('select 1 from public.top_ups', 'nothing is bought');
select is((select s.enabled from public.auto_top_ups as s), false, 'it is off');
select is((select a.top_up_at from public.credit_accounts as a), null, 'the account watches no more');
select is(
  (select n.payload ->> 'reason' from public.notifications_outbox as n), 'package_changed', 'and the user is told'
);
-- A suspended user's card is left alone.
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.set_auto_top_up(true, 50, (select p.id from public.credit_packages as p where p.code = 'starter'), 5000);
select tests.clear_authentication();
update public.profiles set is_active = false;
select is(private.handle_crossing('aaaaaaaa-0000-4000-8000-000000000001'), 'none', 'who is suspended is not charged');

select * from finish();
rollback;
