begin;
select plan(2);

select tests.create_user('ann@example.com', '{}', 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as_subject('auth0|x');
select tests.authenticate('authenticated', '{"sub": "auth0|x", "email": "ann@example.com"}');
select isnt(
  (public.ensure_profile()).id, 'aaaaaaaa-0000-4000-8000-000000000001'::uuid,
  'a token of another issuer does not take over an account'
);
select tests.clear_authentication();
select is((select count(*) from public.profiles), 2::bigint, 'there are two profiles');

select * from finish();
rollback;
