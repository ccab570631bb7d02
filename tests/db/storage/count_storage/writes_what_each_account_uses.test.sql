begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1048576}'), ('results', 'aaaaaaaa-0000-4000-8000-000000000001/out.png', '{"size": 524288}');

select is(private.count_storage(), 1, 'one account changed');
select results_eq(
  'select storage_used_mb from public.credit_accounts order by user_id',
  'values (1.5::double precision), (0)', 'in megabytes'
);
select is(private.count_storage(), 0, 'a second count changes nothing');
update storage.objects set name = 'bbbbbbbb-0000-4000-8000-000000000002/cat.png' where name = 'aaaaaaaa-0000-4000-8000-000000000001/cat.png';
select is(private.count_storage(), 2, 'what is gone is counted too');

select * from finish();
rollback;
