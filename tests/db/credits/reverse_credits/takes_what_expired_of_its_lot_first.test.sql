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

select pg_temp.grant(100, now() + interval '1 day', 30, now() + interval '9 days');
select pg_temp.at(1);
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 80, 'refund', 1, p_now => now() + interval '1 day');
select results_eq(
  'select remaining, expired, revoked, rollover_cap from public.credit_lots', $$ values (20, 0, 80, 10) $$,
  'then what was carried over, which leaves room'
);
select results_eq(
  $$ select t.transaction_type, sum(t.amount) from public.credit_transactions as t group by 1 order by 1 $$,
  $$ values ('expiration', 0::bigint), ('monthly_reset', 100::bigint), ('refund', -80::bigint) $$,
  'as if it had been reversed before'
);
select private.give_back('aaaaaaaa-0000-4000-8000-000000000001', 80, 'refund', 1, 80, 'Failed', 'test', '1', now() + interval '1 day');
select results_eq('select remaining, expired, revoked, rollover_cap from public.credit_lots', $$ values (30, 70, 0, 0) $$, 'and back');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
