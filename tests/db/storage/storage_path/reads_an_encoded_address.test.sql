-- supabase-js encodes the addresses that it gives: a name with a space comes back as %20.
begin;
select plan(1);

select private.set_setting('api_url', 'http://api.test');

select is(
  private.storage_path('uploads', 'http://api.test/storage/v1/object/public/uploads/aaaaaaaa-0000-4000-8000-000000000001/my%20cat.png'),
  'aaaaaaaa-0000-4000-8000-000000000001/my cat.png',
  'as the object''s name'
);

select * from finish();
rollback;
