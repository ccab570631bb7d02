begin;
select plan(8);

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
update editor.images
set
  processed_url = '/storage/v1/object/authenticated/results/aaaaaaaa-0000-4000-8000-000000000001/o/t/processed.svg',
  thumbnail_url = '/storage/v1/object/authenticated/results/aaaaaaaa-0000-4000-8000-000000000001/o/t/thumbnail.webp';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select is(
  editor.download_image('11111111-0000-4000-8000-000000000001'),
  '{"bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/o/t/processed.svg", "filename": "cat.svg", "download_count": 1}', 'the newest result'
);
select is(
  editor.download_image('11111111-0000-4000-8000-000000000001', 'original'),
  '{"bucket": "uploads", "path": "aaaaaaaa-0000-4000-8000-000000000001/cat.png", "filename": "cat.png", "download_count": 2}', 'the original'
);
select is((editor.download_image('11111111-0000-4000-8000-000000000001', 'thumbnail')) ->> 'filename', 'cat.webp', 'the thumbnail');
select throws_ok($$ select editor.download_image('11111111-0000-4000-8000-000000000001', 'final') $$, 'PT404', 'file_not_found', 'what is not there');
select throws_ok(
  format('select editor.download_image(%L, %L)', '11111111-0000-4000-8000-000000000001', k.kind), 'PT400', 'file_kind_invalid', coalesce(k.kind, 'null')
)
from unnest(array['secret', null]) as k (kind);
select throws_ok($$ select editor.download_image(null) $$, 'PT404', 'image_not_found', 'no image');
select is((select i.download_count from editor.images as i), 3, 'what was refused does not count');

select * from finish();
rollback;
