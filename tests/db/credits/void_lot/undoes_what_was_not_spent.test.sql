begin;
select plan(5);

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

select pg_temp.grant(100, now() + interval '1 day', 20, now() + interval '9 days');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 30);
select private.void_lot('aaaaaaaa-0000-4000-8000-000000000001', 1, 'monthly_reset', 'Undone', now() + interval '2 days');
select results_eq(
  'select remaining, spent, expired, revoked from public.credit_lots', $$ values (0, 30, 0, 70) $$, 'also what expired'
);
select results_eq(
  $$ select t.transaction_type, sum(t.amount) from public.credit_transactions as t group by 1 order by 1 $$,
  $$ values ('expiration', 0::bigint), ('monthly_reset', 30::bigint), ('usage', -30::bigint) $$, 'what was spent stays granted'
);
select private.void_lot('aaaaaaaa-0000-4000-8000-000000000001', 1, 'monthly_reset', 'Undone', now() + interval '2 days');
select is((select count(*) from public.credit_transactions), 5::bigint, 'once');
select results_eq(
  $$ select transaction_type from editor.credit_transactions where amount < 0 and description = 'Undone' $$, $$ values ('expiration') $$,
  'the editor''s word for it is no purchase'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
