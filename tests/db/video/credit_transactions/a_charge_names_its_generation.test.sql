begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into video.generations (id, user_id, prompt, model)
values ('22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-fast');
select private.claim_jobs('worker-1', 1, array['video.generate']);
select private.complete_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j),
  '{"files": [{"kind": "video", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/g/t/video.mp4"}]}'
);
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', '22222222-0000-4000-8000-000000000001', '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.complete_job(j.id, j.lock_token) from public.jobs as j where j.type = 'test.work';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select set_eq(
  'select amount, transaction_type, generation_id from video.credit_transactions',
  $$
    values (100, 'bonus', null), (-10, 'generation', '22222222-0000-4000-8000-000000000001'::uuid),
      (-5, 'generation', null)
  $$,
  'when it is one: other products'' work is not'
);
delete from video.generations;
select is_empty(
  'select 1 from video.credit_transactions where generation_id is not null', 'and names none that is gone'
);

select * from finish();
rollback;
