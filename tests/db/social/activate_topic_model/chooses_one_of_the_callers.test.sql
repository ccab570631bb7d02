begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.bertopic_models (id, user_id, model_version, storage_path) values ('22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', '20260101_000000', 'x'), ('22222222-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', '20260102_000000', 'x'), ('44444444-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002', '20260101_000000', 'x');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select id, is_active from social.activate_topic_model('22222222-0000-4000-8000-000000000001') $$,
  $$ values ('22222222-0000-4000-8000-000000000001'::uuid, true) $$,
  'the older'
);
select results_eq(
  $$ select id, is_active from social.bertopic_models order by id $$,
  $$ values ('22222222-0000-4000-8000-000000000001'::uuid, true), ('22222222-0000-4000-8000-000000000002', false) $$,
  'instead of the newer'
);
select lives_ok(
  $$ select social.activate_topic_model('22222222-0000-4000-8000-000000000001') $$,
  'twice is once'
);
select throws_ok(
  $$ select social.activate_topic_model('44444444-0000-4000-8000-000000000001') $$,
  'PT404', 'topic_model_not_found', 'another''s'
);
select throws_ok(
  $$ select social.activate_topic_model(null) $$,
  'PT404', 'topic_model_not_found', 'none'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$ select social.activate_topic_model('22222222-0000-4000-8000-000000000001') $$,
  'PT403', 'not_signed_in', 'a token of nobody'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select social.activate_topic_model('22222222-0000-4000-8000-000000000001') $$,
  '42501', null, 'anon'
);

select * from finish();
rollback;
