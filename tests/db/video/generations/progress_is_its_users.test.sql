begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into video.generations (id, user_id, prompt, model)
values ('22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-2');
select private.claim_jobs('worker-1', 1, array['video.generate']);
select private.heartbeat_job(j.id, j.lock_token, 40, now() + interval '10 seconds') from public.jobs as j;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select progress, status from public.jobs where subject_id = '22222222-0000-4000-8000-000000000001' $$,
  $$ values (40::smallint, 'processing') $$, 'its user sees how far it is'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty($$ select 1 from public.jobs where subject_id = '22222222-0000-4000-8000-000000000001' $$, 'another does not');
select is_empty('select 1 from video.generations', 'nor that there is one');
select tests.authenticate_as_anon();
select throws_ok('select 1 from public.jobs', '42501', null, 'anon neither');

select * from finish();
rollback;
