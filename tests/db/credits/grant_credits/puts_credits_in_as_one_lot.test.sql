begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase', p_expires_at => now() + interval '1 day'
);

select results_eq(
  $$ select source, granted, remaining, held, spent, expires_at from public.credit_lots $$,
  $$ values ('purchase', 10, 10, 0, 0, now() + interval '1 day') $$,
  'the lot has the whole grant'
);
select results_eq(
  $$ select balance, held, debt, next_expiry_at from public.credit_accounts $$,
  $$ values (10, 0, 0, now() + interval '1 day') $$,
  'the account has it to spend and knows when it expires'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
