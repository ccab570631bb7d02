begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into storage.objects (bucket_id, name)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png'), ('uploads', 'bbbbbbbb-0000-4000-8000-000000000002/dog.png'), ('results', 'aaaaaaaa-0000-4000-8000-000000000001/out.png');

select is(
  private.require_upload('aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png'),
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png', 'their own upload'
);
select throws_ok(
  $$ select private.require_upload('aaaaaaaa-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002/dog.png') $$,
  'PT400', 'source_not_in_storage', 'another''s is not'
);
select throws_ok(
  $$ select private.require_upload('aaaaaaaa-0000-4000-8000-000000000001', 'http://169.254.169.254/') $$,
  'PT400', 'source_not_in_storage', 'nor an address'
);
select throws_ok(
  $$ select private.require_upload('aaaaaaaa-0000-4000-8000-000000000001', null) $$, 'PT400',
  'source_not_in_storage', 'nor nothing'
);
select throws_ok(
  $$ select private.require_upload('aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/none.png') $$,
  'PT404', 'upload_not_found', 'nor one that is not there'
);
select throws_ok(
  $$ select private.require_upload('aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/out.png') $$,
  'PT404', 'upload_not_found', 'nor a result'
);

select * from finish();
rollback;
