begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 50, 'bonus');
insert into video.generations (id, user_id, prompt, model)
values ('22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-2');
select private.claim_jobs('worker-1', 1, array['video.generate']);
select private.fail_job(j.id, j.lock_token, 'No.', false) from public.jobs as j;
update public.metered_operations set is_active = false where operation = 'video.generate';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  $$ select video.retry_generation('22222222-0000-4000-8000-000000000001') $$, 'PT400', 'input_invalid', 'it does not go again'
);
select results_eq('select status from video.generations', $$ values ('error') $$, 'and says so');

select * from finish();
rollback;
