begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select * from social.decision_statistics(0) $$,
  'PT400', 'limit_invalid', 'no day'
);
select throws_ok(
  $$ select * from social.decision_statistics(366) $$,
  'PT400', 'limit_invalid', 'too many'
);
select throws_ok(
  $$ select * from social.decision_statistics(null) $$,
  'PT400', 'limit_invalid', 'null'
);
select throws_ok(
  $$ select * from social.decision_statistics(-1) $$,
  'PT400', 'limit_invalid', 'fewer than none'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$ select * from social.decision_statistics() $$,
  'PT403', 'not_signed_in', 'a token of nobody'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.decision_statistics() $$,
  '42501', null, 'anon'
);

select * from finish();
rollback;
