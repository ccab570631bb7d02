begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.subscriptions (id, user_id, status, source)
values
  ('sub_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'active', 'stripe'),
  ('mem_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'active', 'whop');
insert into public.subscription_history (user_id, subscription_id, status, started_at, canceled_at)
select 'aaaaaaaa-0000-4000-8000-000000000001', 'sub_1', s.status, now() + s.n * interval '1 day', now()
from unnest(array[
  'trialing', 'active', 'past_due', 'unpaid', 'paused', 'incomplete', 'canceled', 'incomplete_expired'
]) with ordinality as s (status, n);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  'select status from editor.subscription_history order by started_at',
  $$ values ('active'), ('active'), ('past_due'), ('unpaid'), ('unpaid'), ('unpaid'), ('cancelled'), ('cancelled') $$,
  'each state has one'
);
select results_eq(
  'select distinct stripe_subscription_id, cancelled_at from editor.subscription_history', $$ values ('sub_1', now()) $$,
  'of a subscription'
);
select throws_ok('insert into editor.subscription_history (started_at) values (now())', '42501', null, 'users write none');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty('select 1 from editor.subscription_history', 'others see none');
select tests.authenticate_as_anon();
select throws_ok('select 1 from editor.subscription_history', '42501', null, 'anon may not look');
select tests.clear_authentication();
insert into public.subscription_history (user_id, subscription_id, status, started_at)
values ('aaaaaaaa-0000-4000-8000-000000000001', 'mem_1', 'active', now());
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  'select stripe_subscription_id from editor.subscription_history order by started_at limit 1', 'values (null::text)',
  'Whop''s is not Stripe''s'
);

select * from finish();
rollback;
