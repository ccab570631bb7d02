begin;
select plan(4);

insert into public.credit_accounts (user_id) values ('aaaaaaaa-0000-4000-8000-000000000001');
create function pg_temp.grant(p_amount integer, p_expires_at timestamptz, p_cap integer default 0, p_until timestamptz default null) returns bigint language sql as $$
  select (private.grant_credits(
    'aaaaaaaa-0000-4000-8000-000000000001', p_amount, 'monthly_reset', p_expires_at => p_expires_at,
    p_rollover_cap => p_cap, p_rollover_until => p_until, p_is_late => true
  )).seq;
$$;
create function pg_temp.at(p_days integer) returns integer language sql as $$
  select (private.lock_account('aaaaaaaa-0000-4000-8000-000000000001', now() + make_interval(days => p_days))).balance;
$$;

select pg_temp.grant(100, now() + interval '10 days', 30, now() + interval '20 days');
select private.end_lot('aaaaaaaa-0000-4000-8000-000000000001', 1, now() + interval '15 days', now());
select results_eq(
  'select expires_at, rollover_until from public.credit_lots', $$ values (now() + interval '10 days', now() + interval '15 days') $$,
  'what is carried over ends earlier'
);
select private.end_lot('aaaaaaaa-0000-4000-8000-000000000001', 1, now() + interval '30 days', now());
select results_eq('select expires_at from public.credit_lots', $$ values (now() + interval '10 days') $$, 'it makes nothing longer');
select private.end_lot('aaaaaaaa-0000-4000-8000-000000000001', 1, now() - interval '1 day', now());
select is(pg_temp.at(0), 0, 'a past end ends it at once, with nothing carried over');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
