begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.credit_packages (id, code, name, credits, unit_amount)
values ('11111111-0000-4000-8000-000000000001', 'test', 'Test', 50, 999);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select public.create_checkout('11111111-0000-4000-8000-000000000001', null) $$, 'PT400',
  'argument_missing', 'no key'
);
select throws_ok(
  $$ select public.create_checkout('11111111-0000-4000-8000-000000000001', ' ') $$, 'PT400', 'argument_missing',
  'a blank key'
);
select throws_ok(
  $$ select public.create_checkout('11111111-0000-4000-8000-000000000001', repeat('k', 201)) $$, 'PT400',
  'argument_too_long', 'a long key'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  $$ select public.create_checkout('11111111-0000-4000-8000-000000000001', 'k') $$, 'PT403', 'profile_missing',
  'no profile'
);
select tests.authenticate('authenticated', '{}');
select throws_ok(
  $$ select public.create_checkout('11111111-0000-4000-8000-000000000001', 'k') $$, 'PT403', 'not_signed_in',
  'no user'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select public.create_checkout('11111111-0000-4000-8000-000000000001', 'k') $$, '42501', null, 'anon'
);

select * from finish();
rollback;
