begin;
select plan(3);

select tests.authenticate('authenticated', '{"role": "authenticated"}');
select throws_ok('select public.ensure_profile()', 'PT403', 'not_signed_in', 'a token without sub');
select tests.authenticate_as_subject(repeat('s', 256));
select throws_ok('select public.ensure_profile()', 'PT400', 'argument_too_long', 'a long sub');
select tests.authenticate_as_anon();
select throws_ok('select public.ensure_profile()', '42501', null, 'anon');

select * from finish();
rollback;
