begin;
select plan(13);

select private.set_setting('signup_credits', '0');
select private.set_setting('api_url', 'http://api.test');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into storage.objects (bucket_id, name)
select o.bucket, 'aaaaaaaa-0000-4000-8000-000000000001/' || o.name
from (
  values
    ('uploads', 'cat.png'), ('results', '1/t/processed.png'), ('results', '1/t/thumbnail.webp'),
    ('results', '1/u/processed.png'), ('results', '2/t/processed.png')
) as o (bucket, name);
insert into editor.images (id, user_id, original_filename, original_url, processed_url, thumbnail_url)
values
  (
    '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
    'aaaaaaaa-0000-4000-8000-000000000001/cat.png',
    private.object_url('results', 'aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png'),
    private.object_url('results', 'aaaaaaaa-0000-4000-8000-000000000001/1/t/thumbnail.webp')
  ),
  (
    '11111111-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 'dog.png', null,
    private.object_url('results', 'aaaaaaaa-0000-4000-8000-000000000001/2/t/processed.png'), null
  );
insert into editor.image_collections (id, user_id, name, is_public)
values
  ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'One', false),
  ('33333333-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 'Two', true);
-- What Bob can download, and what is said to be shared: the same at every step.
create function pg_temp.seen() returns text[] language plpgsql as $$
declare
  v_seen text[];
  v_shared text[];
begin
  perform tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
  v_seen := array(select substr(o.name, 38) from storage.objects as o order by 1);
  v_shared := array(select distinct substr(s.name, 38) from public.shared_files as s order by 1);
  perform tests.clear_authentication();
  return case when v_seen = v_shared then v_seen end;
end;
$$;

insert into editor.image_collection_items (collection_id, image_id)
values ('33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001');
select is(pg_temp.seen(), '{}', 'a private collection shares nothing');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
update editor.image_collections set is_public = true where name = 'One';
select tests.clear_authentication();
select is(pg_temp.seen(), array['1/t/processed.png', '1/t/thumbnail.webp'], 'a public one its images'' results, no upload');
insert into editor.image_collection_items (collection_id, image_id)
values ('33333333-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000001');
update editor.image_collections set is_public = false where name = 'One';
select is(pg_temp.seen(), array['1/t/processed.png', '1/t/thumbnail.webp'], 'another collection that is public is enough');
update editor.images set processed_url = private.object_url('results', 'aaaaaaaa-0000-4000-8000-000000000001/1/u/processed.png')
where id = '11111111-0000-4000-8000-000000000001';
select is(pg_temp.seen(), array['1/t/thumbnail.webp', '1/u/processed.png'], 'a new result takes the place of the old');
update editor.images set final_url = private.object_url('results', 'aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png')
where id = '11111111-0000-4000-8000-000000000001';
select is(pg_temp.seen(), array['1/t/processed.png', '1/t/thumbnail.webp', '1/u/processed.png'], 'the final one too');
update editor.images set final_url = private.object_url('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png')
where id = '11111111-0000-4000-8000-000000000001';
select is(pg_temp.seen(), array['1/t/thumbnail.webp', '1/u/processed.png'], 'an upload is no result, wherever it stands');
update editor.images set final_url = null where id = '11111111-0000-4000-8000-000000000001';

delete from editor.image_collection_items where collection_id = '33333333-0000-4000-8000-000000000002';
select is(pg_temp.seen(), '{}', 'an image that is taken out is private again');
insert into editor.image_collection_items (collection_id, image_id)
select '33333333-0000-4000-8000-000000000002', i.id from editor.images as i;
select is(
  pg_temp.seen(), array['1/t/thumbnail.webp', '1/u/processed.png', '2/t/processed.png'], 'many come in one statement'
);
delete from editor.images where id = '11111111-0000-4000-8000-000000000002';
select is(pg_temp.seen(), array['1/t/thumbnail.webp', '1/u/processed.png'], 'a deleted image leaves');
delete from editor.image_collections where name = 'Two';
select is(pg_temp.seen(), '{}', 'a deleted collection shares nothing');

update editor.image_collections set is_public = true where name = 'One';
select tests.authenticate_as_subject('auth0|nobody');
select is_empty('select 1 from storage.objects', 'a token without a user reads no file');
select tests.authenticate_as_anon();
select is_empty('select 1 from storage.objects', 'nor does anon');
select throws_ok('select 1 from public.shared_files', '42501', null, 'which knows of none');

select * from finish();
rollback;
