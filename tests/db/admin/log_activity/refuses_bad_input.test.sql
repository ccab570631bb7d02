begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok('select public.log_activity(null)', 'PT400', 'argument_missing', 'no type');
select throws_ok($$ select public.log_activity(' ') $$, 'PT400', 'argument_missing', 'a blank type');
select throws_ok($$ select public.log_activity(repeat('t', 101)) $$, 'PT400', 'argument_too_long', 'a long type');
select throws_ok(
  $$ select public.log_activity('x', (select jsonb_agg(gen_random_uuid()) from generate_series(1, 1000))) $$,
  'PT400', 'metadata_invalid', 'large data'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok($$ select public.log_activity('x') $$, 'PT403', 'not_signed_in', 'a user of nobody');

select * from finish();
rollback;
