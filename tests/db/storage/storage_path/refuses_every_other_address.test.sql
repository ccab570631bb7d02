begin;
select plan(20);

select private.set_setting('api_url', 'http://api.test');

select is(private.storage_path('uploads', u.url), null, u.url)
from unnest(array[
  'http://169.254.169.254/latest/meta-data/',
  'http://169.254.169.254/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  'https://example.com/storage/v1/object/uploads/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  'http://api.test.evil.example/storage/v1/object/uploads/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  'http://api.test@evil.example/storage/v1/object/uploads/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  'http://user@api.test/storage/v1/object/uploads/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  'https://api.test/storage/v1/object/uploads/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  '//evil.example/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  'file:///etc/passwd',
  'data:image/png;base64,AAAA',
  'http://api.test/rest/v1/profiles',
  'http://api.test/storage/v1/object/results/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  '/storage/v1/object/results/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  '/storage/v1/object/uploads/uploads/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  'uploads/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  '/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001',
  'aaaaaaaa-0000-4000-8000-000000000001/',
  'cat.png',
  ''
]) as u (url);

select * from finish();
rollback;
