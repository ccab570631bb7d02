begin;
select plan(21);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 60, 'bonus');
insert into public.customers (user_id, stripe_customer_id) values ('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1');
insert into private.payment_methods (id, customer_id, created_at)
values ('pm_1', 'cus_1', now()), ('pm_old', 'cus_1', now() - interval '1 year');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.set_auto_top_up(true, 50, (select p.id from public.credit_packages as p where p.code = 'starter'), 1000);
select tests.clear_authentication();
create function pg_temp.cross() returns text language sql as $$
  select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 60, 'bonus');
  select private.spend_credits(a.user_id, a.balance - 10) from public.credit_accounts as a;
  select private.handle_crossing('aaaaaaaa-0000-4000-8000-000000000001');
$$;
create function pg_temp.work(p_result jsonb) returns text language sql as $$
  select private.claim_jobs('w', 1, array['billing.top_up']);
  select (private.complete_job(j.id, j.lock_token, p_result)).status from public.jobs as j where j.status = 'processing';
$$;

select is(pg_temp.cross(), 'requested', 'a top-up is asked for');
select is(pg_temp.work('{"outcome": "declined", "code": "insufficient_funds"}'), 'completed', 'the bank says no');
select results_eq(
  'select t.status, t.decline_code, c.status from public.top_ups as t join public.checkouts as c on c.id = t.id',
  $$values ('failed', 'insufficient_funds', 'failed')$$, 'it failed'
);
select results_eq(
  'select declined_payment_method, decline_code, enabled from public.auto_top_ups',
  $$values ('pm_1', 'insufficient_funds', true)$$, 'the breaker is open'
);
select is(
  (select n.kind || (n.payload - 'top_up_id') from public.notifications_outbox as n),
  'top_up_failed{"code": "insufficient_funds", "amount": 999, "reason": "declined", "currency": "usd"}', 'the user is told'
);
select private.fail_top_up(t.id, 'insufficient_funds', now()) from public.top_ups as t;
select is((select count(*)::integer from public.notifications_outbox), 1, 'once, also when the webhook tells it too');
select is(pg_temp.cross(), 'card', 'the card is not charged again');
select is((select count(*)::integer from public.top_ups), 1, 'by no other crossing');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.set_auto_top_up(true, 50, (select p.id from public.credit_packages as p where p.code = 'starter'), 1000);
select tests.clear_authentication();
select is(pg_temp.cross(), 'card', 'nor when it is set again');

-- Another default card, which was there all along.
update public.customers set default_payment_method = 'pm_old';
select isnt_empty('select private.due_looks()', 'another default is looked at');
select private.look_again('aaaaaaaa-0000-4000-8000-000000000001');
select is(private.handle_crossing('aaaaaaaa-0000-4000-8000-000000000001'), 'requested', 'and charged');
select is((select t.payment_method from public.top_ups as t where t.status = 'open'), 'pm_old', 'the right one');
select is(
  private.month_spent('aaaaaaaa-0000-4000-8000-000000000001', 'usd', now()), 999::bigint, 'what was declined is not spent'
);
select is(pg_temp.work('{"outcome": "accepted", "code": "succeeded"}'), 'completed', 'the bank says yes');
select is(
  (select t.status from public.top_ups as t where t.payment_method = 'pm_old'), 'open', 'which the webhook settles'
);
update public.checkouts set status = 'paid' where status = 'open';
select private.fail_top_up(t.id, 'late', now()) from public.top_ups as t where t.payment_method = 'pm_old';
select is((select t.status from public.top_ups as t where t.payment_method = 'pm_old'), 'paid', 'what was paid stays paid');
select is((select s.decline_code from public.auto_top_ups as s), null, 'and opens no breaker');

-- No answer at all.
update public.auto_top_ups set monthly_cap = 5000;
select is(pg_temp.cross(), 'requested', 'one whose job gives up');
select private.claim_jobs('w', 1, array['billing.top_up']);
select private.fail_job(j.id, j.lock_token, 'Stripe is away.', false) from public.jobs as j where j.status = 'processing';
select results_eq(
  $$select decline_code from public.top_ups where status = 'unknown'$$, $$values ('no_answer')$$, 'nobody knows'
);
select is(
  private.month_spent('aaaaaaaa-0000-4000-8000-000000000001', 'usd', now()), 1998::bigint, 'so it counts against the cap'
);
update public.checkouts set status = 'paid' where status = 'open';
select is_empty($$select 1 from public.top_ups where status in ('open', 'unknown')$$, 'until its payment turns up');

select * from finish();
rollback;
