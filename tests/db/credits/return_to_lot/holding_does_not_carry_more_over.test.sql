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

select pg_temp.grant(100, now() + interval '1 hour', 30, now() + interval '20 days');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
create temporary table hold as
select h.id from private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 90, p_expires_in => interval '5 days') as h;
select is(pg_temp.at(1), 10, 'what is free is carried over');
create temporary table later as
select h.id from private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, p_expires_in => interval '9 days', p_now => now() + interval '1 day') as h;
select private.release_hold(h.id, now() + interval '2 days') from hold as h;
select is(pg_temp.at(2), 20, 'what was held then comes back as far as the cap has room');
select private.release_hold(h.id, now() + interval '3 days') from later as h;
select is(pg_temp.at(3), 30, 'what was held since comes back');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
