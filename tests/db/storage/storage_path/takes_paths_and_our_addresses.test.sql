begin;
select plan(9);

select private.set_setting('api_url', 'http://api.test');

select is(private.storage_path('uploads', u.url), 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', u.url)
from unnest(array[
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  '/storage/v1/object/uploads/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  '/storage/v1/object/authenticated/uploads/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  '/storage/v1/object/public/uploads/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  '/storage/v1/object/sign/uploads/aaaaaaaa-0000-4000-8000-000000000001/cat.png?token=x',
  'http://api.test/storage/v1/object/authenticated/uploads/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  'http://api.test/storage/v1/object/uploads/aaaaaaaa-0000-4000-8000-000000000001/cat.png#x'
]) as u (url);
select is(
  private.storage_path('results', private.object_url('results', 'aaaaaaaa-0000-4000-8000-000000000001/x/out.png')),
  'aaaaaaaa-0000-4000-8000-000000000001/x/out.png', 'what we write ourselves'
);
select is(private.storage_path('uploads', null), null, 'null is null');

select * from finish();
rollback;
