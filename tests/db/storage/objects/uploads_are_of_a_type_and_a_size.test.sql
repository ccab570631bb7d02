begin;
select plan(12);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  format('insert into storage.objects (bucket_id, name, metadata) values (''uploads'', %L, %L)', 'aaaaaaaa-0000-4000-8000-000000000001/' || o.name, o.metadata),
  o.name
)
from (
  values
    ('a.png', null), ('b.JPEG', '{"size": 26214400, "mimetype": "image/jpeg"}'), ('c.tar.webp', '{}'),
    ('signed.png', '{"mimetype": "application/json", "contentLength": 2}')
) as o (name, metadata);
select throws_ok(
  format('insert into storage.objects (bucket_id, name, metadata) values (''uploads'', %L, %L)', 'aaaaaaaa-0000-4000-8000-000000000001/' || o.name, o.metadata),
  '42501', null, o.what
)
from (
  values
    ('a page', 'a.html', null), ('a drawing', 'a.svg', null), ('a program', 'a.exe', null), ('no type', 'a', null),
    ('a page that is named like a picture', 'd.png', '{"mimetype": "text/html", "size": 1}'),
    ('one byte too many', 'e.png', '{"size": 26214401}')
) as o (what, name, metadata);
select throws_ok(
  $$ update storage.objects set name = 'aaaaaaaa-0000-4000-8000-000000000001/a.html' where name = 'aaaaaaaa-0000-4000-8000-000000000001/a.png' $$, '42501', null, 'nor by renaming'
);
select throws_ok(
  $$ update storage.objects set metadata = '{"size": 26214401}' where name = 'aaaaaaaa-0000-4000-8000-000000000001/a.png' $$, '42501', null, 'nor by replacing'
);

select * from finish();
rollback;
