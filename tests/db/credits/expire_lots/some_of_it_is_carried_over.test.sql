begin;
select plan(8);

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
select is(pg_temp.at(9), 100, 'until it expires it is all there');
select is(pg_temp.at(10), 30, 'then as much as its cap');
select results_eq(
  'select remaining, expired, expires_at, rollover_cap, rollover_until, rolled_held from public.credit_lots',
  $$ values (30, 70, now() + interval '20 days', 0, null::timestamptz, 0) $$, 'in the same lot'
);
select is(pg_temp.at(20), 0, 'once');
select pg_temp.grant(20, now() + interval '30 days', 30, now() + interval '40 days');
select is(pg_temp.at(30), 20, 'less than the cap is carried over whole');
select pg_temp.grant(100, now() + interval '31 days', 30, now() + interval '40 days');
select is(pg_temp.at(50), 0, 'one that nobody looked at is over too');
select results_eq(
  'select transaction_type, amount from public.credit_transactions order by seq',
  $$ values ('monthly_reset', 100), ('expiration', -70), ('expiration', -30), ('monthly_reset', 20), ('monthly_reset', 100), ('expiration', -70), ('expiration', -20), ('expiration', -30) $$,
  'the books say when what expired'
);
select is_empty('select * from private.audit_credits()', 'and add up');

select * from finish();
rollback;
