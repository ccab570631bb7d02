begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select private.set_setting('storage_limit_mb', '5');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/a.png', '{"size": 4194304}');
insert into public.subscriptions (id, user_id, status, plan_id, current_period_start, current_period_end)
select 'sub_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'active', p.id, now() - interval '2 days', now() + interval '28 days'
from public.plans as p where p.code = 'pro';

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(public.my_storage() ->> 'limit_bytes', '5242880', 'a plan that does not say: the setting');
select tests.clear_authentication();
update public.plans set features = '{"storage_mb": 3}' where code = 'pro';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(public.my_storage() ->> 'limit_bytes', '3145728', 'the plan''s');
select throws_ok(
  $$insert into storage.objects (bucket_id, name) values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/b.png')$$,
  '42501', null, 'no room is left'
);
select tests.clear_authentication();
update public.plans set features = '{"storage_mb": null}' where code = 'pro';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(public.my_storage() -> 'limit_bytes', 'null', 'null is no limit');
select lives_ok(
  $$insert into storage.objects (bucket_id, name) values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/c.png')$$,
  'there is room'
);
select tests.clear_authentication();
update public.subscriptions set status = 'canceled';
update public.plans set features = '{"storage_mb": 1}' where code = 'free';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(public.my_storage() ->> 'limit_bytes', '1048576', 'who leaves the plan has what free has');
select throws_ok(
  $$insert into storage.objects (bucket_id, name) values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/d.png')$$,
  '42501', null, 'and keeps what there is, but adds nothing'
);
select tests.clear_authentication();

select * from finish();
rollback;
