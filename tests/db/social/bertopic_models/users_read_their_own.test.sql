begin;
select plan(13);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.bertopic_models (id, user_id, model_version, storage_path) values ('22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', '20260101_000000', 'x'), ('44444444-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002', '20260101_000000', 'x');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select id, total_topics, total_documents, is_active, metadata from social.bertopic_models $$,
  $$ values ('22222222-0000-4000-8000-000000000001'::uuid, 0, 0, true, '{}'::jsonb) $$,
  'with the document''s defaults'
);
select throws_ok(
  $$ insert into social.bertopic_models (model_version, storage_path) values ('20260101_000000', 'x') $$,
  '42501', null, 'make none'
);
select throws_ok(
  $$ update social.bertopic_models set is_active = true $$,
  '42501', null, 'choose by the function'
);
select throws_ok(
  $$ delete from social.bertopic_models $$,
  '42501', null, 'delete none'
);
select tests.authenticate_as_service();
select throws_ok(
  $$ update social.bertopic_models set model_version = 'v1' $$,
  '23514', null, 'a version'
);
select throws_ok(
  $$ update social.bertopic_models set storage_path = '' $$,
  '23514', null, 'no path'
);
select throws_ok(
  $$ update social.bertopic_models set storage_path = repeat('x', 1025) $$,
  '23514', null, 'a long path'
);
select throws_ok(
  $$ update social.bertopic_models set total_topics = -1 $$,
  '23514', null, 'topics'
);
select throws_ok(
  $$ update social.bertopic_models set total_documents = -1 $$,
  '23514', null, 'documents'
);
select throws_ok(
  $$ update social.bertopic_models set date_range_start = now(), date_range_end = now() - interval '1 day' $$,
  '23514', null, 'a range'
);
select throws_ok(
  $$ update social.bertopic_models set metadata = '[]' $$,
  '23514', null, 'metadata that is a list'
);
select throws_ok(
  $$
    update social.bertopic_models set metadata = jsonb_build_object('x', (select string_agg(md5(i::text), '') from generate_series(1, 3000) as i))
  $$,
  '23514', null, 'large metadata'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.bertopic_models $$,
  '42501', null, 'anon reads none'
);

select * from finish();
rollback;
