begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into storage.objects (bucket_id, name)
values
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/a.png'),
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/b.png');
select private.remove_files(
  'aaaaaaaa-0000-4000-8000-000000000001', 'uploads',
  array['aaaaaaaa-0000-4000-8000-000000000001/b.png', null, 'aaaaaaaa-0000-4000-8000-000000000001/a.png', 'aaaaaaaa-0000-4000-8000-000000000001/b.png']
);
select private.remove_files('aaaaaaaa-0000-4000-8000-000000000001', 'uploads', array[null]::text[]);
select private.remove_files('aaaaaaaa-0000-4000-8000-000000000001', 'uploads', '{}');
-- An invented name is no work.
select private.remove_files(
  'aaaaaaaa-0000-4000-8000-000000000001', 'uploads', array['aaaaaaaa-0000-4000-8000-000000000001/none.png']
);

select results_eq(
  'select type, user_id, payload, price, hold_id from public.jobs',
  $$
    values ('storage.remove_files', 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, '{"bucket": "uploads", "paths": ["aaaaaaaa-0000-4000-8000-000000000001/a.png", "aaaaaaaa-0000-4000-8000-000000000001/b.png"]}'::jsonb, 0, null::uuid)
  $$,
  'one, free, with each path once'
);
select is((private.claim_jobs('worker-1', 1, array['storage.remove_files'])).attempts, 1, 'a worker gets it');

select * from finish();
rollback;
