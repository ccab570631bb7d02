begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000, "mimetype": "image/png"}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select editor.request_batch(array['11111111-0000-4000-8000-000000000001']::uuid[], 'vectorize') $$, '42501', null, 'not for anon'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$ select editor.request_batch(array['11111111-0000-4000-8000-000000000001']::uuid[], 'vectorize') $$, 'PT403', 'not_signed_in', 'nor for a token without a user'
);

select * from finish();
rollback;
