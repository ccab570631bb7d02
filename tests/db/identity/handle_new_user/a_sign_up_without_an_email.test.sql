begin;
select plan(1);

select tests.create_user(null, '{}', 'aaaaaaaa-0000-4000-8000-000000000001');

select results_eq(
  'select email, username from public.profiles', $$ values (null::text, 'user') $$,
  'by phone, say, is a user too'
);

select * from finish();
rollback;
