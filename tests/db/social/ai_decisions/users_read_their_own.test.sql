begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.ai_decisions (user_id, decision, confidence) values ('aaaaaaaa-0000-4000-8000-000000000001', 'respond', 1), ('bbbbbbbb-0000-4000-8000-000000000002', 'ignore', 1);

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select decision from social.ai_decisions $$,
  $$ values ('respond') $$,
  'their own'
);
select throws_ok(
  $$ insert into social.ai_decisions (decision, confidence) values ('respond', 1) $$,
  '42501', null, 'make none'
);
select throws_ok(
  $$ update social.ai_decisions set decision = 'ignore' $$,
  '42501', null, 'change none'
);
select throws_ok(
  $$ delete from social.ai_decisions $$,
  '42501', null, 'delete none'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.ai_decisions $$,
  '42501', null, 'anon reads none'
);

select * from finish();
rollback;
