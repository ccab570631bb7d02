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

select pg_temp.grant(100, now() - interval '1 day');
select private.move_expiry('aaaaaaaa-0000-4000-8000-000000000001', 1, now() + interval '1 day', now());
select is(pg_temp.at(0), 100, 'when its end is still to come');
select is(pg_temp.at(1), 0, 'until then');
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 30, 'adjustment');
select private.move_expiry('aaaaaaaa-0000-4000-8000-000000000001', 1, now() + interval '9 days', now() + interval '1 day');
select results_eq('select balance, debt from public.credit_accounts', $$ values (70, 0) $$, 'and repays what is owed');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
