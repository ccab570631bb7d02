begin;
select plan(13);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.subscriptions (id, user_id, status, plan_id, current_period_start, current_period_end)
select 'sub_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'active', p.id, '2026-03-01 00:00Z', '2026-04-01 00:00Z'
from public.plans as p where p.code = 'pro';
create function pg_temp.plan_at(p_now timestamptz) returns text language sql as $$
  select e.plan || coalesce(' ' || e.status, '')
  from private.entitlement('aaaaaaaa-0000-4000-8000-000000000001', 'monthly_limit', p_now) as e;
$$;

select is(pg_temp.plan_at('2026-03-20 00:00Z'), 'pro active', 'a paid plan');
update public.subscriptions set status = 'trialing';
select is(pg_temp.plan_at('2026-03-20 00:00Z'), 'pro trialing', 'a trial');
update public.subscriptions set status = 'past_due';
select is(pg_temp.plan_at('2026-03-07 23:59Z'), 'pro past_due', 'late for less than the grace');
select is(pg_temp.plan_at('2026-03-08 00:00Z'), 'free', 'late for longer');
insert into public.subscription_history (user_id, subscription_id, status, started_at, ended_at)
values
  ('aaaaaaaa-0000-4000-8000-000000000001', 'sub_1', 'past_due', '2026-01-03 00:00Z', '2026-01-05 00:00Z'),
  ('aaaaaaaa-0000-4000-8000-000000000001', 'sub_1', 'past_due', '2026-03-05 00:00Z', null);
select is(pg_temp.plan_at('2026-03-11 23:59Z'), 'pro past_due', 'late since the history says so');
select is(pg_temp.plan_at('2026-03-12 00:00Z'), 'free', 'and no longer');
select private.set_setting('past_due_grace', '0');
select is(pg_temp.plan_at('2026-03-05 00:00Z'), 'free', 'no grace is none');
select private.set_setting('past_due_grace', '14 days');
select is(pg_temp.plan_at('2026-03-18 23:59Z'), 'pro past_due', 'more is more');
update public.subscriptions set status = 'unpaid';
select is(pg_temp.plan_at('2026-03-06 00:00Z'), 'free', 'given up by the seller');
update public.subscriptions set status = 'canceled';
select is(pg_temp.plan_at('2026-03-06 00:00Z'), 'free', 'canceled');
update public.subscriptions set status = 'paused';
select is(pg_temp.plan_at('2026-03-06 00:00Z'), 'free', 'paused');
-- One that is late does not hide one that is paid.
update public.subscriptions set status = 'past_due', current_period_end = '2027-04-01 00:00Z';
insert into public.subscriptions (id, user_id, status, plan_id, current_period_start, current_period_end)
select 'sub_2', 'aaaaaaaa-0000-4000-8000-000000000001', 'active', p.id, '2026-03-01 00:00Z', '2026-04-01 00:00Z'
from public.plans as p where p.code = 'basic';
select is(pg_temp.plan_at('2026-03-30 00:00Z'), 'basic active', 'another one is paid');
update public.subscriptions set plan_id = null;
select is(pg_temp.plan_at('2026-03-06 00:00Z'), 'free', 'one without a plan gives none');

select * from finish();
rollback;
