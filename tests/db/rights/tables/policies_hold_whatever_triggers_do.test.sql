-- Triggers give these rows the user of what they hang on. The policies do not lean on it.
begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into editor.images (id, user_id, original_filename)
values ('11111111-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002', 'b.png');
insert into editor.image_collections (id, user_id, name)
values ('33333333-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002', 'Dogs');
insert into editor.image_collection_items (collection_id, image_id)
values ('33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001');
create function private.test_forges() returns trigger language plpgsql as $$
begin
  new.user_id := 'aaaaaaaa-0000-4000-8000-000000000001';
  return new;
end;
$$;
do $$
declare
  v_table regclass;
begin
  foreach v_table in array array[
    'editor.image_collection_items', 'editor.image_operations', 'editor.image_pipelines', 'social.knowledge_chunks',
    'staging.images'
  ]::regclass[] loop
    execute format('alter table %s disable trigger user', v_table);
    execute format(
      'create trigger forges before insert or update on %s for each row execute function private.test_forges()', v_table
    );
  end loop;
end;
$$;
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');

select throws_ok(c.statement, '42501', null, c.what)
from (
  values
    ('an item', 'insert into editor.image_collection_items (collection_id, image_id) values (gen_random_uuid(), gen_random_uuid())'),
    ('an item that is changed', 'update editor.image_collection_items set image_id = gen_random_uuid()'),
    ('an operation', 'insert into editor.image_operations (image_id, operation_type) values (gen_random_uuid(), ''upscale'')'),
    ('a pipeline', 'insert into editor.image_pipelines (image_id, steps) values (gen_random_uuid(), ''[]'')'),
    ('a chunk', 'insert into social.knowledge_chunks (document_id, chunk_index, content) values (gen_random_uuid(), 0, ''words'')'),
    ('a photo', 'insert into staging.images (project_id, original_url) values (gen_random_uuid(), ''x.png'')')
) as c (what, statement);

select * from finish();
rollback;
