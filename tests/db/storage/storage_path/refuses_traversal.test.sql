begin;
select plan(17);

select is(private.storage_path('uploads', u.url), null, replace(u.url, e'\n', '<newline>'))
from unnest(array[
  'aaaaaaaa-0000-4000-8000-000000000001/../bbbbbbbb-0000-4000-8000-000000000002/cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/x/../../bbbbbbbb-0000-4000-8000-000000000002/cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/./cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/..',
  'aaaaaaaa-0000-4000-8000-000000000001/.',
  'aaaaaaaa-0000-4000-8000-000000000001//cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/x//cat.png',
  '/storage/v1/object/uploads/../results/aaaaaaaa-0000-4000-8000-000000000001/cat.png',
  '/storage/v1/object/uploads/aaaaaaaa-0000-4000-8000-000000000001/../bbbbbbbb-0000-4000-8000-000000000002/cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001\bbbbbbbb-0000-4000-8000-000000000002\cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/..\bbbbbbbb-0000-4000-8000-000000000002\cat.png',
  e'aaaaaaaa-0000-4000-8000-000000000001/cat\n.png',
  e'aaaaaaaa-0000-4000-8000-000000000001/cat.png\r\nhost: evil.example',
  e'aaaaaaaa-0000-4000-8000-000000000001/cat\u007f.png',
  e'aaaaaaaa-0000-4000-8000-000000000001/\u0085cat.png'
]) as u (url);
select is(
  private.storage_path('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/' || repeat('x', 1000)), null,
  'a path above 1024 characters'
);
select is(
  private.storage_path('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/...png'),
  'aaaaaaaa-0000-4000-8000-000000000001/...png', 'a name with dots is a name'
);

select * from finish();
rollback;
