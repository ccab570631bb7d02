begin;
select plan(1);

select tests.create_user(
  'ann@example.com', '{"role": "admin", "is_active": false, "auth0_sub": "auth0|x"}',
  'aaaaaaaa-0000-4000-8000-000000000001'
);

select results_eq(
  'select role, is_active, auth0_sub from public.profiles', $$ values ('user', true, null::text) $$,
  'whatever a sign-up says of itself'
);

select * from finish();
rollback;
