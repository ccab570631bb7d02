begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 50, 'purchase');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 15);
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 5);
select private.attach_customer('aaaaaaaa-0000-4000-8000-000000000001', 'cus_ann');
-- How subscriptions of a status and a plan are shown.
create function pg_temp.shown(p_subscriptions jsonb) returns text[] language plpgsql as $$
declare
  v_shown text[];
begin
  delete from public.subscriptions;
  insert into public.subscriptions (id, user_id, status, plan_id, current_period_end)
  select
    s.value ->> 'id', 'aaaaaaaa-0000-4000-8000-000000000001', s.value ->> 'status',
    (select p.id from public.plans as p where p.code = s.value ->> 'plan'),
    now() + (coalesce(s.value ->> 'days', '30') || ' days')::interval
  from jsonb_array_elements(p_subscriptions) as s;
  perform tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
  select array[p.subscription_status, p.subscription_plan, p.stripe_subscription_id] into v_shown from editor.profiles as p;
  perform tests.clear_authentication();
  return v_shown;
end;
$$;

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$
    select
      email, is_active, is_admin, subscription_status, subscription_plan, stripe_customer_id, stripe_subscription_id,
      credits_remaining, total_credits_purchased, total_credits_used
    from editor.profiles
  $$,
  $$ values ('ann@example.com', true, false, 'free', 'free', 'cus_ann', null::text, 40, 50, 15) $$,
  'a new user is free; what is held cannot be spent'
);
select tests.clear_authentication();
select is(
  pg_temp.shown(format('[{"id": "sub_1", "status": %s, "plan": %s}]', to_json(c.status), to_json(c.plan))::jsonb),
  c.shown, c.status || ' ' || c.plan
)
from (
  values
    ('active', 'basic', array['basic', 'basic', 'sub_1']), ('trialing', 'starter', array['starter', 'starter', 'sub_1']),
    ('past_due', 'pro', array['starter', 'pro', 'sub_1']), ('canceled', 'basic', array['cancelled', 'free', 'sub_1']),
    ('incomplete', 'basic', array['free', 'free', 'sub_1']), ('active', 'free', array['free', 'free', 'sub_1'])
) as c (status, plan, shown);
select is(
  pg_temp.shown('[
    {"id": "sub_1", "status": "canceled", "plan": "pro", "days": 90}, {"id": "sub_2", "status": "active", "plan": "basic"}
  ]'),
  array['basic', 'basic', 'sub_2'], 'the one that runs counts'
);
update public.plans set is_active = false where code = 'basic';
select is(
  pg_temp.shown('[{"id": "sub_1", "status": "active", "plan": "basic"}]'), array['basic', 'basic', 'sub_1'],
  'a plan that is sold no more too'
);

select * from finish();
rollback;
