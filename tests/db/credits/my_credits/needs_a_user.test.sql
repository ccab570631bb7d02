begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(
  public.my_credits(), '{"settled": 0, "held": 0, "available": 0, "debt": 0}'::jsonb, 'no account is no credits'
);
select tests.authenticate('authenticated', '{"role": "authenticated"}');
select throws_ok('select public.my_credits()', 'PT403', 'not_signed_in', 'no user is refused');
select tests.authenticate_as_anon();
select throws_ok('select public.my_credits()', '42501', null, 'anon may not call it');

select * from finish();
rollback;
