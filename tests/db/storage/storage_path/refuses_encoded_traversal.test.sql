-- The storage client puts a path into a URL as it is, and a URL parser reads %2e%2e as two dots.
begin;
select plan(8);

select is(private.storage_path('uploads', u.url), null, u.url)
from unnest(array[
  'aaaaaaaa-0000-4000-8000-000000000001/%2e%2e/bbbbbbbb-0000-4000-8000-000000000002/cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/%2E%2E/bbbbbbbb-0000-4000-8000-000000000002/cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/.%2e/bbbbbbbb-0000-4000-8000-000000000002/cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/%2e%2e%2fbbbbbbbb-0000-4000-8000-000000000002/cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/..%2fbbbbbbbb-0000-4000-8000-000000000002/cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/%5c..%5cbbbbbbbb-0000-4000-8000-000000000002/cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat%00.png',
  '/storage/v1/object/uploads/aaaaaaaa-0000-4000-8000-000000000001/%2e%2e/bbbbbbbb-0000-4000-8000-000000000002/cat.png'
]) as u (url);

select * from finish();
rollback;
