begin;
select plan(12);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);

select throws_ok(
  format('select private.snooze_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), now(), %L)', s.state),
  'PT400', 'state_invalid', s.state
)
from unnest(array[
  '[]', '"p"', '{}', '{"provider": "p"}', '{"external_id": "1"}', '{"provider": null, "external_id": "1"}'
]) as s (state);
select throws_ok(
  $$
    select private.snooze_job(
      (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), now(), jsonb_build_object('provider', 'p', 'external_id', '1', 'k', repeat('s', 66000))
    )
  $$,
  'PT400', 'state_invalid', 'a state of 66 kB'
);
select throws_ok(
  format(
    'select private.snooze_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), now(), %L)',
    jsonb_build_object('provider', s.provider, 'external_id', s.external_id)
  ),
  'PT400', 'state_invalid', s.what
)
from (
  values
    ('a provider of 101 characters', repeat('p', 101), '1'),
    ('a task of 501 characters', 'p', repeat('1', 501)),
    ('a task without a name', 'p', '')
) as s (what, provider, external_id);
select throws_ok(
  'select private.snooze_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), null)',
  'PT400', 'argument_missing', 'no time'
);
select is((select j.status from public.jobs as j), 'processing', 'the job is as it was');

select * from finish();
rollback;
