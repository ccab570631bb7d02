begin;
select plan(3);

select tests.create_user(
  'ann@example.com',
  '{"username": "ann", "full_name": "Ann Ash", "first_name": "Ann", "last_name": "Ash", "avatar_url": "https://a.example/a.png"}',
  'aaaaaaaa-0000-4000-8000-000000000001'
);

select results_eq(
  'select id, email, username, full_name, first_name, last_name, avatar_url, role, is_active, auth0_sub from public.profiles',
  $$
    values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'ann@example.com', 'ann', 'Ann Ash', 'Ann', 'Ash', 'https://a.example/a.png', 'user', true, null::text)
  $$,
  'the profile has the id of the user and what they said'
);
select results_eq(
  'select user_id, balance, held, debt from public.credit_accounts', $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 100, 0, 0) $$,
  'the account has the sign-up credits'
);
select results_eq(
  'select transaction_type, amount, idempotency_key from public.credit_transactions',
  $$ values ('trial_grant', 100, 'signup') $$, 'posted once, under a key'
);

select * from finish();
rollback;
