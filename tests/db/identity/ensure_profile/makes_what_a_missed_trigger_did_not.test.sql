begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.authenticate(
  'authenticated',
  '{"sub": "aaaaaaaa-0000-4000-8000-000000000001", "email": "ann@example.com", "user_metadata": {"username": "annie"}}'
);

select results_eq(
  'select id, username from public.ensure_profile()', $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'annie') $$,
  'a user with a uuid keeps it'
);

select * from finish();
rollback;
