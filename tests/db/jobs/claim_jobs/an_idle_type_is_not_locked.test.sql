begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type, max_running) values ('test.idle', 5), ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', null, null, 1)
]::private.job_request[]);
-- What wrote the rows is over, as far as their locks go.
savepoint written;
select results_eq(
  $$ select type from private.claim_jobs('w', 3, array['test.idle', 'test.work']) $$, $$ values ('test.work') $$,
  'what there is is claimed'
);
select isnt((select t.xmax::text from public.job_types as t where t.type = 'test.work'), '0', 'the count of its type is kept');
select is(
  (select t.xmax::text from public.job_types as t where t.type = 'test.idle'), '0', 'nobody waits for a type that has nothing to do'
);

select * from finish();
rollback;
