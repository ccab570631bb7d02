begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');

select tests.authenticate_as_service();
select lives_ok(
  $$
    insert into social.ai_decisions (user_id, decision, confidence, message_text) values ('aaaaaaaa-0000-4000-8000-000000000001', 'respond', 0.9, repeat('ä', 600))
  $$,
  'a long message'
);
select results_eq(
  $$ select char_length(message_text) from social.ai_decisions $$,
  $$ values (500) $$,
  'is cut'
);
select lives_ok(
  $$ update social.ai_decisions set message_text = repeat('x', 501) $$,
  'also later'
);
select results_eq(
  $$ select char_length(message_text) from social.ai_decisions $$,
  $$ values (500) $$,
  'it is cut'
);

select * from finish();
rollback;
