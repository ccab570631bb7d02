begin;
select plan(1);

select tests.authenticate(
  'authenticated', '{"sub": "auth0|x", "email": "boss@example.com", "email_verified": false}'
);
select is((public.ensure_profile()).email, null, 'it could be anybody''s');

select * from finish();
rollback;
