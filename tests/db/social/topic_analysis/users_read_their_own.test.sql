begin;
select plan(13);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.topic_analysis (user_id, topic_id) values ('aaaaaaaa-0000-4000-8000-000000000001', 1), ('bbbbbbbb-0000-4000-8000-000000000002', 1);

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select user_id, message_count, sample_messages, analysis_date from social.topic_analysis $$,
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 0, '{}'::text[], current_date) $$,
  'with the document''s defaults'
);
select throws_ok(
  $$ insert into social.topic_analysis (topic_id) values (1) $$,
  '42501', null, 'make none'
);
select throws_ok(
  $$ update social.topic_analysis set message_count = 1 $$,
  '42501', null, 'change none'
);
select throws_ok(
  $$ delete from social.topic_analysis $$,
  '42501', null, 'delete none'
);
select tests.authenticate_as_service();
select throws_ok(
  $$ update social.topic_analysis set topic_id = -2 $$,
  '23514', null, 'a topic'
);
select throws_ok(
  $$ update social.topic_analysis set message_count = -1 $$,
  '23514', null, 'a count'
);
select throws_ok(
  $$ update social.topic_analysis set date_range_start = now(), date_range_end = now() - interval '1 day' $$,
  '23514', null, 'a range'
);
select throws_ok(
  $$ update social.topic_analysis set topic_label = repeat('x', 501) $$,
  '23514', null, 'a long label'
);
select throws_ok(
  $$ update social.topic_analysis set topic_keywords = array_fill('x'::text, array[101]) $$,
  '23514', null, 'many words'
);
select throws_ok(
  $$ update social.topic_analysis set topic_keywords = array[repeat('x', 20000)] $$,
  '23514', null, 'a long word'
);
select throws_ok(
  $$ update social.topic_analysis set sample_messages = array_fill('x'::text, array[101]) $$,
  '23514', null, 'many messages'
);
select throws_ok(
  $$ update social.topic_analysis set sample_messages = array[repeat('x', 270000)] $$,
  '23514', null, 'a long message'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.topic_analysis $$,
  '42501', null, 'anon reads none'
);

select * from finish();
rollback;
