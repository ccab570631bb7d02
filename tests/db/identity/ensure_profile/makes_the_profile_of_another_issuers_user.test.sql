begin;
select plan(6);

select tests.authenticate(
  'authenticated',
  '{"sub": "auth0|x", "email": "ann@example.com", "email_verified": true, "nickname": "ann", "name": "Ann Ash", "picture": "https://a.example/a.png"}'
);
select throws_ok('select public.my_credits()', 'PT403', 'not_signed_in', 'before, the caller is nobody');
select is_empty('select 1 from public.profiles', 'and sees nothing, without an error');

select results_eq(
  'select email, username, full_name, avatar_url, auth0_sub, role from public.ensure_profile()',
  $$ values ('ann@example.com', 'ann', 'Ann Ash', 'https://a.example/a.png', 'auth0|x', 'user') $$,
  'the profile has what the token says'
);
select is((public.ensure_profile()).id, (select p.id from public.profiles as p), 'twice it is the same');
select is(
  public.whoami() ->> 'user_id', (select p.id::text from public.profiles as p), 'then the caller is known'
);
select is(public.my_credits() -> 'available', '100', 'and has sign-up credits, once');

select * from finish();
rollback;
