begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
alter table editor.images disable trigger user;
alter table editor.image_operations disable trigger user;
insert into editor.images (id, user_id, original_filename, created_at, is_favorite)
select gen_random_uuid(), 'bbbbbbbb-0000-4000-8000-000000000002', 'dog.png', now() - n * interval '1 minute', true from generate_series(1, 5000) as n;
insert into editor.images (user_id, original_filename, created_at)
select 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png', now() - interval '1 year' from generate_series(1, 5);
insert into editor.image_operations (image_id, user_id, operation_type)
select i.id, i.user_id, 'vectorize' from editor.images as i;
analyze editor.images, editor.image_operations;
create function pg_temp.plan(p_query text) returns text language plpgsql as $f$
declare
  v_line text;
  v_plan text := '';
begin
  for v_line in execute 'explain (costs off) ' || p_query loop
    v_plan := v_plan || v_line || e'\n';
  end loop;
  return v_plan;
end;
$f$;
grant execute on function pg_temp.plan(text) to authenticated;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select alike(pg_temp.plan(q.query), '%Index Cond: ((user_id >= %', q.query)
from (
  values
    ('select * from editor.images order by created_at desc limit 20'),
    ('select * from editor.images order by created_at limit 20'),
    ('select * from editor.images where is_favorite order by created_at desc limit 20'),
    ('select * from editor.image_operations order by created_at desc limit 20')
) as q (query);
select is((select count(*) from editor.images), 5::bigint, 'it is theirs alone');

select * from finish();
rollback;
