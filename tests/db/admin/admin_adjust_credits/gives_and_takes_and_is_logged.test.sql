begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where username = 'bob';
select set_config('request.headers', '{"x-forwarded-for": "203.0.113.7, 10.0.0.1", "user-agent": "Back office"}', true);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');

select results_eq(
  $$
    select t.transaction_type, t.amount, t.balance_after, t.actor_id, t.description
    from public.admin_adjust_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'A gift', 'k1') as t
  $$,
  $$ values ('adjustment', 10, 10, 'bbbbbbbb-0000-4000-8000-000000000002'::uuid, 'A gift') $$,
  'what it gives'
);
select results_eq(
  $$
    select t.transaction_type, t.amount, t.balance_after, t.debt_after
    from public.admin_adjust_credits('aaaaaaaa-0000-4000-8000-000000000001', -15, 'A mistake', 'k2') as t
  $$,
  $$ values ('adjustment', -15, 0, 5) $$,
  'and takes, also what is not there'
);
select results_eq(
  $$
    select l.admin_user_id, l.action, l.target_type, l.target_id, l.details ->> 'amount', l.details ->> 'reason',
      host(l.ip_address), l.user_agent
    from public.admin_logs as l
    order by l.details ->> 'amount' desc
  $$,
  $$
    values
      ('bbbbbbbb-0000-4000-8000-000000000002'::uuid, 'adjust_credits', 'user', 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, '10', 'A gift', '203.0.113.7', 'Back office'),
      ('bbbbbbbb-0000-4000-8000-000000000002', 'adjust_credits', 'user', 'aaaaaaaa-0000-4000-8000-000000000001', '-15', 'A mistake', '203.0.113.7', 'Back office')
  $$,
  'with who did it, why and from where'
);
select is(
  (select l.details ->> 'transaction_id' from public.admin_logs as l where l.details ->> 'amount' = '10'),
  (select t.id::text from public.credit_transactions as t where t.amount = 10),
  'and which transaction it made'
);
select tests.clear_authentication();
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
