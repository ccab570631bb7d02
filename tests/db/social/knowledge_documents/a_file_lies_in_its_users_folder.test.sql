begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    insert into social.knowledge_documents (bucket_id, object_name)
    values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/terms of use.pdf')
  $$,
  'a file of one''s own folder, there or not yet'
);
select throws_ok(
  format(
    'insert into social.knowledge_documents (bucket_id, object_name) values (''uploads'', %L)', f.name
  ),
  'PT400', 'source_not_in_storage', f.why
)
from (
  values
    ('bbbbbbbb-0000-4000-8000-000000000002/x.pdf', 'somebody else''s folder'),
    ('aaaaaaaa-0000-4000-8000-000000000001/../bbbbbbbb-0000-4000-8000-000000000002/x.pdf', 'a way out of it'),
    ('aaaaaaaa-0000-4000-8000-000000000001/', 'no file'),
    ('aaaaaaaa-0000-4000-8000-000000000001//x.pdf', 'an empty folder'),
    (E'aaaaaaaa-0000-4000-8000-000000000001/x\n.pdf', 'a control character'),
    ('x.pdf', 'no folder')
) as f (name, why);
select throws_ok(
  $$ update social.knowledge_documents set object_name = 'bbbbbbbb-0000-4000-8000-000000000002/x.pdf' $$,
  'PT400', 'source_not_in_storage', 'nor by an update'
);

select * from finish();
rollback;
