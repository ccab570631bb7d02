-- 1024 bytes, not characters: a longer one would not fit into an index either.
begin;
select plan(4);

select is(
  private.storage_path('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/' || repeat('é', 493)),
  'aaaaaaaa-0000-4000-8000-000000000001/' || repeat('é', 493), '1023 bytes'
);
select is(
  private.storage_path('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/' || repeat('é', 494)), null, '1025 bytes'
);
select is(
  private.storage_path('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/' || repeat('%41', 2000)), null,
  '2000 once they are decoded'
);
select is(
  private.storage_path('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png?' || repeat('x', 9000)), null,
  'an address of 9 kB'
);

select * from finish();
rollback;
