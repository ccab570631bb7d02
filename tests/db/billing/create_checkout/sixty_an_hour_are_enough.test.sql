begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.credit_packages (id, code, name, credits, unit_amount)
values ('11111111-0000-4000-8000-000000000001', 'test', 'Test', 50, 999);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select count(public.create_checkout('11111111-0000-4000-8000-000000000001', 'key-' || n)) from generate_series(1, 60) as n;

select throws_ok(
  $$ select public.create_checkout('11111111-0000-4000-8000-000000000001', 'key-61') $$, 'PT429',
  'too_many_checkouts', 'the 61st waits'
);
select lives_ok(
  $$ select public.create_checkout('11111111-0000-4000-8000-000000000001', 'key-60') $$,
  'one that is there is repeated'
);

select * from finish();
rollback;
