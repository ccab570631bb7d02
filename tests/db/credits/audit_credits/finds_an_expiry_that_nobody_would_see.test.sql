begin;
select plan(1);

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

select pg_temp.grant(100, now() + interval '1 day');
update public.credit_accounts set next_expiry_at = 'infinity';
select results_eq(
  'select problem from private.audit_credits()', $$ values ('a lot expires before its account looks') $$, 'a forged time of the next expiry'
);

select * from finish();
rollback;
