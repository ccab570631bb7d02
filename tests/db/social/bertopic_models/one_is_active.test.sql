begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');

select tests.authenticate_as_service();
select lives_ok(
  $$
    insert into social.bertopic_models (id, user_id, model_version, storage_path) values ('22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', '20260101_000000', 'x'), ('44444444-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002', '20260101_000000', 'x')
  $$,
  'the first'
);
select lives_ok(
  $$
    insert into social.bertopic_models (id, user_id, model_version, storage_path) values ('22222222-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', '20260102_000000', 'x')
  $$,
  'a newer one'
);
select results_eq(
  $$ select id, is_active from social.bertopic_models order by id $$,
  $$
    values ('22222222-0000-4000-8000-000000000001'::uuid, false), ('22222222-0000-4000-8000-000000000002', true), ('44444444-0000-4000-8000-000000000001', true)
  $$,
  'takes over, of its user alone'
);
select lives_ok(
  $$ update social.bertopic_models set is_active = true where id = '22222222-0000-4000-8000-000000000001' $$,
  'the older again'
);
select results_eq(
  $$ select id from social.bertopic_models where is_active order by id $$,
  $$ values ('22222222-0000-4000-8000-000000000001'::uuid), ('44444444-0000-4000-8000-000000000001') $$,
  'takes over too'
);
select lives_ok(
  $$
    insert into social.bertopic_models (id, user_id, model_version, storage_path) values ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', '20260103_000000', 'x'), ('33333333-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', '20260104_000000', 'x')
  $$,
  'two at once'
);
select results_eq(
  $$ select id from social.bertopic_models where is_active and user_id = 'aaaaaaaa-0000-4000-8000-000000000001' $$,
  $$ values ('33333333-0000-4000-8000-000000000002'::uuid) $$,
  'the last'
);
select tests.clear_authentication();
alter table social.bertopic_models disable trigger take_over;
select throws_ok(
  $$ update social.bertopic_models set is_active = true $$,
  '23505', null, 'and the index holds it'
);

select * from finish();
rollback;
