begin;
select plan(2);

select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into storage.objects (bucket_id, name) values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/ann-smith.png');
select private.enqueue_removal(
  'aaaaaaaa-0000-4000-8000-000000000001', 'uploads', '{aaaaaaaa-0000-4000-8000-000000000001/ann-smith.png}'
);
create temporary table claim as select * from private.claim_jobs('w', 1, array['storage.remove_files']);
select is(
  (select c.payload -> 'paths' ->> 0 from claim as c), 'aaaaaaaa-0000-4000-8000-000000000001/ann-smith.png',
  'the worker is told what to remove'
);
select private.complete_job(c.id, c.lock_token, '{}') from claim as c;
select results_eq(
  'select status, payload from public.jobs', $$ values ('completed', '{"bucket": "uploads", "removed": 1}'::jsonb) $$,
  'and once it is gone its name is'
);

select * from finish();
rollback;
