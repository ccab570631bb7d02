begin;
select plan(6);

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
select is(private.take_back('aaaaaaaa-0000-4000-8000-000000000001', 40, 'refund', 1, 'Refunded', 'test', '1', now()), 40, 'taken from the lot');
select private.freeze_lot('aaaaaaaa-0000-4000-8000-000000000001', 1);
select is(private.give_back('aaaaaaaa-0000-4000-8000-000000000001', 10, 'refund', 1, 40, 'Failed', 'test', '1', now()), 10, 'a part comes back');
select results_eq('select balance, held from public.credit_accounts', $$ values (0, 70) $$, 'a frozen lot keeps it');
select private.unfreeze_lot('aaaaaaaa-0000-4000-8000-000000000001', 1);
select is(private.give_back('aaaaaaaa-0000-4000-8000-000000000001', 30, 'refund', 1, 30, 'Failed', 'test', '1', now() + interval '2 days'), 30, 'the rest after its end');
select results_eq(
  'select remaining, expired, revoked from public.credit_lots', $$ values (0, 100, 0) $$, 'expires'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
