begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 12, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', '22222222-0000-4000-8000-000000000001', '{"k": 1}', 'test.work', null, 2)
]::private.job_request[]);

select results_eq(
  'select user_id, type, subject_id, payload, status, price, attempts, deadline from public.jobs',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'test.work', '22222222-0000-4000-8000-000000000001'::uuid, '{"k": 1}'::jsonb, 'queued', 10, 0, now() + interval '1 hour') $$,
  'the job waits'
);
select results_eq(
  $$
    select h.amount, h.expires_at, h.idempotency_key, h.id = j.hold_id
    from public.credit_holds as h cross join public.jobs as j
  $$,
  $$ values (10, null::timestamptz, null::text, true) $$,
  'its hold has no deadline and no key of its own'
);
select results_eq(
  'select queued, running from private.job_lanes', 'values (1, 0)', 'its lane counts it'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
