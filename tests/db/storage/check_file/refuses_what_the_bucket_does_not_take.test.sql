begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('select private.check_file(''uploads'', %L, %s)', c.type, c.size), 'PT400', c.word, c.what
)
from (
  values
    ('a page', 'file_type_not_allowed', 'text/html', '1'),
    ('a large picture', 'file_too_large', 'image/png', '9999999999'),
    ('a large file of a type that is not known', 'file_too_large', null, '9999999999')
) as c (what, word, type, size);
insert into storage.objects (bucket_id, name, metadata)
values
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/page.html', '{"mimetype": "text/html", "size": 10}'),
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"mimetype": "image/png", "size": 10}');
select throws_ok(
  $$ select private.require_upload('aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/page.html') $$,
  'PT400', 'file_type_not_allowed', 'what lies there is looked at'
);
select lives_ok(
  $$ select private.require_upload('aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png') $$,
  'a picture may be worked on'
);

select * from finish();
rollback;
