begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok('select public.entitlement(null)', 'PT400', 'argument_missing', 'no feature');
select throws_ok($$ select public.entitlement(' ') $$, 'PT400', 'argument_missing', 'a blank one');
select throws_ok($$ select public.entitlement(repeat('f', 101)) $$, 'PT400', 'argument_too_long', 'a long one');

select * from finish();
rollback;
