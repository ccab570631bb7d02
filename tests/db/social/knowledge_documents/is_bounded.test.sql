begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('insert into social.knowledge_documents (%I) values (%L)', c.name, c.value), '23514', null, c.why
)
from (
  values
    ('status', 'done', 'an unknown status'),
    ('file_size_bytes', '-1', 'a negative size'),
    ('title', repeat('x', 501), 'a long title'),
    ('embed_model', '', 'no model'),
    ('lang_code', repeat('x', 21), 'a long language')
) as c (name, value, why);
select throws_ok(
  $$ insert into social.knowledge_documents (bucket_id) values ('uploads') $$, '23514', null, 'a bucket without a file'
);
select throws_ok(
  $$ insert into social.knowledge_documents (object_name) values ('aaaaaaaa-0000-4000-8000-000000000001/x') $$,
  '23514', null, 'a file without a bucket'
);

select * from finish();
rollback;
