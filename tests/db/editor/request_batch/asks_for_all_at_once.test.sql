begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000, "mimetype": "image/png"}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
insert into editor.images (id, user_id, original_filename, original_url)
select
  format('11111111-0000-4000-8000-%s', lpad(n::text, 12, '0'))::uuid, 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
from generate_series(2, 101) as n;
create temporary table ids as select array_agg(i.id order by i.id) as all_of_them from editor.images as i where i.id <> '11111111-0000-4000-8000-000000000001';
grant select on ids to authenticated;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select is(
  (select count(*) from ids, editor.request_batch(ids.all_of_them, 'background_removal')), 100::bigint, 'a hundred images'
);
select is(public.my_credits() -> 'held', '100', 'are held');
select tests.clear_authentication();
select results_eq(
  'select queued from private.job_lanes', 'values (100)', 'in one lane'
);
select is((select count(distinct o.image_id) from editor.image_operations as o), 100::bigint, 'each has its operation');
select is((select count(distinct j.hold_id) from public.jobs as j), 100::bigint, 'and its own hold: one that fails gives back alone');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
