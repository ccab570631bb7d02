begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits(p.id, 10, 'bonus') from public.profiles as p;
insert into public.job_types (type) values ('test.cut'), ('test.paint');
select private.request_chains(array[
  row('bbbbbbbb-0000-4000-8000-000000000002', '55555555-0000-4000-8000-000000000002', '{"n": 2}', array['test.paint', 'test.cut'], array[1, 4], 'Bob''s', '{}'),
  row('aaaaaaaa-0000-4000-8000-000000000001', '55555555-0000-4000-8000-000000000001', '{"n": 1}', array['test.cut', 'test.paint', 'test.cut'], array[2, 0, 3], 'Ann''s', '{"k": 1}')
]::private.job_chain[]);

select set_eq(
  'select user_id, type, subject_id, payload, price, next_type from public.jobs',
  $$
    values
      ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'test.cut', '55555555-0000-4000-8000-000000000001'::uuid, '{"n": 1}'::jsonb, 2, 'test.paint'),
      ('bbbbbbbb-0000-4000-8000-000000000002', 'test.paint', '55555555-0000-4000-8000-000000000002', '{"n": 2}', 1, 'test.cut')
  $$,
  'of each chain the first job'
);
select set_eq(
  'select h.user_id, h.amount, h.description, h.metadata, j.type from public.credit_holds as h join public.jobs as j on j.hold_id = h.id',
  $$
    values
      ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 5, 'Ann''s', '{"k": 1}'::jsonb, 'test.cut'),
      ('bbbbbbbb-0000-4000-8000-000000000002', 5, 'Bob''s', '{}', 'test.paint')
  $$,
  'under a hold of all'
);
select set_eq(
  'select user_id, type, queued, running from private.job_lanes',
  $$
    values
      ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'test.cut', 1, 0), ('aaaaaaaa-0000-4000-8000-000000000001', 'test.paint', 0, 0),
      ('bbbbbbbb-0000-4000-8000-000000000002', 'test.cut', 0, 0), ('bbbbbbbb-0000-4000-8000-000000000002', 'test.paint', 1, 0)
  $$,
  'every lane they come by is there'
);
select is((select count(*) from private.claim_jobs('worker-1', 10)), 2::bigint, 'the first ones can be claimed, and nothing else');
select is_empty('select * from private.audit_credits()', 'the books add up');
select lives_ok($$ select private.request_chains('{}') $$, 'no chain is no work');

select * from finish();
rollback;
