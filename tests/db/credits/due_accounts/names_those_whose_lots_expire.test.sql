begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus', p_expires_at => now() + interval '2 days'
);
select private.grant_credits(
  'bbbbbbbb-0000-4000-8000-000000000002', 10, 'bonus', p_expires_at => now() + interval '1 day'
);

select is_empty('select private.due_accounts()', 'none yet');
select results_eq(
  $$ select private.due_accounts(now() + interval '2 days') $$,
  $$ values ('bbbbbbbb-0000-4000-8000-000000000002'::uuid), ('aaaaaaaa-0000-4000-8000-000000000001') $$,
  'the longest due first'
);
select private.lock_account(u, now() + interval '2 days') from private.due_accounts(now() + interval '2 days') as u;
select is_empty($$ select private.due_accounts(now() + interval '2 days') $$, 'none after the sweep');
select is((select sum(a.balance) from public.credit_accounts as a), 0::bigint, 'which expired them');

select * from finish();
rollback;
