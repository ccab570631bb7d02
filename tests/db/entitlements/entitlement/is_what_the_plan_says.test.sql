begin;
select plan(17);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.plans
set features = '{"api": true, "sso": false, "projects": 3, "seats": 0, "support": "mail", "exports": null}'
where code = 'pro';
insert into public.subscriptions (id, user_id, status, plan_id, current_period_start, current_period_end)
select 'sub_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'active', p.id, now() - interval '2 days', now() + interval '28 days'
from public.plans as p where p.code = 'pro';
create function pg_temp.allowed(p_feature text) returns text language sql as $$
  select (public.entitlement(p_feature) ->> 'allowed') || ' ' || (public.entitlement(p_feature) -> 'value')::text;
$$;
grant execute on function pg_temp.allowed(text) to public;

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(pg_temp.allowed('api'), 'true true', 'true allows');
select is(pg_temp.allowed('sso'), 'false false', 'false does not');
select is(pg_temp.allowed('projects'), 'true 3', 'a number is a limit');
select is(pg_temp.allowed('seats'), 'false 0', 'of nothing');
select is(pg_temp.allowed('support'), 'true "mail"', 'a word is the product''s to read');
select is(pg_temp.allowed('exports'), 'true null', 'null is no limit');
select is(pg_temp.allowed('teleport'), 'false null', 'what a plan does not name it does not give');
select is(
  public.entitlement('projects') - 'period_start' - 'period_end',
  '{"feature": "projects", "allowed": true, "value": 3, "plan": "pro", "status": "active", "limit": 3, "used": null, "remaining": null}',
  'what is not counted has no use'
);
select is(
  public.entitlement('monthly_limit') - 'period_start' - 'period_end',
  '{"feature": "monthly_limit", "allowed": true, "value": 500, "plan": "pro", "status": "active", "limit": 500, "used": 0, "remaining": 500}',
  'what is counted has'
);
select is(
  (public.entitlement('monthly_limit') ->> 'period_end')::timestamptz, now() + interval '28 days', 'until the period ends'
);
select throws_ok('select public.entitlement(null)', 'PT400', 'argument_missing', 'a feature has a name');
select throws_ok($$select public.entitlement(repeat('x', 101))$$, 'PT400', 'argument_too_long', 'a short one');

select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is(pg_temp.allowed('api'), 'false null', 'somebody else''s plan is not one''s own');
select is(
  public.entitlement('monthly_limit') - 'period_start' - 'period_end',
  '{"feature": "monthly_limit", "allowed": true, "value": 10, "plan": "free", "status": null, "limit": 10, "used": 0, "remaining": 10}',
  'who has no plan is free'
);
select is(
  (public.entitlement('monthly_limit') ->> 'period_start')::timestamptz, date_trunc('month', now(), 'UTC'), 'by the calendar'
);
select tests.authenticate_as_anon();
select throws_ok($$select public.entitlement('api')$$, '42501', null, 'nobody asks nothing');
select tests.clear_authentication();
update public.plans set monthly_limit = null where code = 'pro';
select is(
  (select e.is_allowed::text || coalesce(e.usage_limit, -1) from private.entitlement('aaaaaaaa-0000-4000-8000-000000000001', 'monthly_limit') as e),
  'true-1', 'no limit'
);

select * from finish();
rollback;
