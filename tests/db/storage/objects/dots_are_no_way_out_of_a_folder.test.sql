begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  format('insert into storage.objects (bucket_id, name) values (''uploads'', %L)', n.name), '42501', null,
  n.name
)
from unnest(array[
  'aaaaaaaa-0000-4000-8000-000000000001/../bbbbbbbb-0000-4000-8000-000000000002/cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/x/../../bbbbbbbb-0000-4000-8000-000000000002/cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/..', 'aaaaaaaa-0000-4000-8000-000000000001/./cat.png'
]) as n (name);

select * from finish();
rollback;
