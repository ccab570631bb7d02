begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 50, 'bonus', p_expires_at => now() + interval '1 day'
);
select private.grant_credits('bbbbbbbb-0000-4000-8000-000000000002', 50, 'bonus');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 50, 'purchase');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, p_expires_in => '30 days');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 10);
select private.capture_hold(h.id, 5, false, 'shot-1') from public.credit_holds as h;
select private.reverse_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 70, 'refund', 2, p_now => now() + interval '2 days'
);
select private.release_hold(h.id, now() + interval '2 days') from public.credit_holds as h;
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 200, 'purchase');
select private.spend_credits_batch(jsonb_build_array(
  jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 3),
  jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 4)
));

select results_eq(
  $$
    select seq
    from public.credit_transactions where user_id = 'aaaaaaaa-0000-4000-8000-000000000001' order by seq
  $$,
  'select generate_series(1, count(*)) from public.credit_transactions where user_id = ''aaaaaaaa-0000-4000-8000-000000000001''',
  'seq counts from one without a gap'
);
select is_empty(
  $$
    select 1
    from public.credit_transactions as t
    join public.credit_transactions as p on p.user_id = t.user_id and p.seq = t.seq - 1
    where t.balance_before <> p.balance_after or t.debt_before <> p.debt_after
  $$,
  'each begins where the one before ended'
);
select is(
  (select sum(t.amount)::integer from public.credit_transactions as t where t.user_id = 'aaaaaaaa-0000-4000-8000-000000000001'),
  (select a.balance + a.held - a.debt from public.credit_accounts as a where a.user_id = 'aaaaaaaa-0000-4000-8000-000000000001'),
  'amounts sum to balance + held - debt'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
