begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000, "mimetype": "image/png"}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
update editor.images
set
  processed_url = '/storage/v1/object/authenticated/results/aaaaaaaa-0000-4000-8000-000000000001/o/t/processed.svg',
  thumbnail_url = '/storage/v1/object/authenticated/results/aaaaaaaa-0000-4000-8000-000000000001/o/t/thumbnail.webp';
insert into editor.image_collections (id, user_id, name) values ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Cats');
insert into editor.image_collection_items (collection_id, image_id) values ('33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok($$ select editor.download_image('11111111-0000-4000-8000-000000000001') $$, 'PT404', 'image_not_found', 'what is private is not there');
select tests.clear_authentication();
update editor.image_collections set is_public = true;
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is(
  editor.download_image('11111111-0000-4000-8000-000000000001'),
  '{"bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/o/t/processed.svg", "filename": "picture.svg", "download_count": 1}',
  'a result that a public collection shows, without the original''s name'
);
select throws_ok($$ select editor.download_image('11111111-0000-4000-8000-000000000001', 'original') $$, 'PT404', 'image_not_found', 'never the original');
select tests.authenticate_as_anon();
select throws_ok($$ select editor.download_image('11111111-0000-4000-8000-000000000001') $$, '42501', null, 'not for anon');
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok($$ select editor.download_image('11111111-0000-4000-8000-000000000001') $$, 'PT403', 'not_signed_in', 'nor for a token without a user');
select tests.clear_authentication();
update editor.image_collections set is_public = false;
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok($$ select editor.download_image('11111111-0000-4000-8000-000000000001') $$, 'PT404', 'image_not_found', 'until it is private again');
select tests.clear_authentication();
select is((select i.download_count from editor.images as i), 1, 'each call counts once');
update editor.images set download_count = 2147483647;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is((editor.download_image('11111111-0000-4000-8000-000000000001')) -> 'download_count', '2147483647', 'a full counter stays full');

select * from finish();
rollback;
