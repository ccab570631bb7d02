begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 1, 'bonus', p_expires_at => now() + interval '3 days'
);
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 2, 'bonus', p_expires_at => now() + interval '2 days'
);
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 4, 'bonus', p_expires_at => now() + interval '1 day'
);
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 8, 'bonus');
select private.lock_account('aaaaaaaa-0000-4000-8000-000000000001', now() + interval '2 days');

select results_eq(
  $$ select amount from public.credit_transactions where operation = 'expire' order by seq $$,
  'values (-4), (-2)', 'the first to expire is posted first'
);
select results_eq(
  'select balance, next_expiry_at from public.credit_accounts', $$ values (9, now() + interval '3 days') $$,
  'the account knows the next'
);

select * from finish();
rollback;
