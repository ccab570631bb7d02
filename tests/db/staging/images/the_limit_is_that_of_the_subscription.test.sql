begin;
select plan(10);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into storage.objects (bucket_id, name)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg');
insert into staging.projects (id, user_id, name)
values
  ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Villa'),
  ('88888888-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Flat');
create function pg_temp.ask(p_n integer) returns void language sql as $$
  insert into staging.images (project_id, original_url)
  select '88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg' from generate_series(1, p_n);
$$;
grant execute on function pg_temp.ask(integer) to public;
create function pg_temp.plan() returns text language sql as $$
  select e.plan || ' ' || coalesce(e.usage_limit::text, 'no limit') || ' ' || e.used
  from private.entitlement('aaaaaaaa-0000-4000-8000-000000000001', 'monthly_limit') as e;
$$;
insert into public.jobs (user_id, type, created_at, deadline, due_at)
select 'aaaaaaaa-0000-4000-8000-000000000001', 'stage:run', now() - d * interval '1 day', now(), now() from unnest(array[1, 3, 50]) as d;
insert into public.subscriptions (id, user_id, status, plan_id, current_period_start, current_period_end)
select
  'sub_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'active', p.id, now() - interval '2 days', now() + interval '28 days'
from public.plans as p where p.code = 'basic';
select is(pg_temp.plan(), 'basic 50 1', 'its subscription''s plan, in the subscription''s period');
update public.subscriptions set status = 'past_due';
select is(pg_temp.plan(), 'basic 50 1', 'also while a payment is late');
update public.subscriptions set status = 'trialing';
select is(pg_temp.plan(), 'basic 50 1', 'and on trial');
insert into public.subscriptions (id, user_id, status, plan_id, current_period_start, current_period_end)
select
  'sub_2', 'aaaaaaaa-0000-4000-8000-000000000001', 'active', p.id, now() - interval '5 days', now() + interval '30 days'
from public.plans as p where p.code = 'pro';
select is(pg_temp.plan(), 'pro 500 2', 'of two the one that lasts');
update public.plans set monthly_limit = null where code = 'pro';
select is(pg_temp.plan(), 'pro no limit 2', 'no limit');
select tests.authenticate_as_subject('auth0|ann');
select lives_ok('select pg_temp.ask(20)', 'is none');
select is(staging.my_usage() -> 'remaining', 'null', 'and is told so');
select tests.clear_authentication();
update public.subscriptions set status = 'canceled';
select matches(pg_temp.plan(), '^free 10 ', 'who has none is free');
update public.plans set monthly_limit = 0 where code = 'free';
select tests.authenticate_as_subject('auth0|ann');
select throws_ok('select pg_temp.ask(1)', 'PT403', 'monthly_limit_reached', 'which may be nothing');
select tests.clear_authentication();
delete from public.plans where code = 'free';
select matches(pg_temp.plan(), '^free 0 ', 'and is nothing without a plan');

select * from finish();
rollback;
