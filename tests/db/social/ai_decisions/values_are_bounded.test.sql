begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.ai_decisions (user_id, decision, confidence) values ('aaaaaaaa-0000-4000-8000-000000000001', 'respond', 1);

select tests.authenticate_as_service();
select throws_ok(
  $$ update social.ai_decisions set decision = 'wait' $$,
  '23514', null, 'a decision'
);
select throws_ok(
  $$ update social.ai_decisions set confidence = -0.001 $$,
  '23514', null, 'below 0'
);
select throws_ok(
  $$ update social.ai_decisions set confidence = 1.001 $$,
  '23514', null, 'above 1'
);
select throws_ok(
  $$ update social.ai_decisions set reason = repeat('x', 5001) $$,
  '23514', null, 'a long reason'
);
select throws_ok(
  $$ update social.ai_decisions set matched_rule = repeat('x', 1001) $$,
  '23514', null, 'a long rule'
);
select throws_ok(
  $$
    update social.ai_decisions set snapshot_json = to_jsonb((select string_agg(md5(i::text), '') from generate_series(1, 10000) as i))
  $$,
  '23514', null, 'a large snapshot'
);
select lives_ok(
  $$ update social.ai_decisions set confidence = 0 $$,
  'the lower bound'
);
select throws_ok(
  $$ insert into social.ai_decisions (decision, confidence) values ('respond', 1) $$,
  'PT403', 'profile_missing', 'the service names a user'
);

select * from finish();
rollback;
