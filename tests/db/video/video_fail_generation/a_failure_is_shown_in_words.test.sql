begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into video.generations (user_id, prompt, model) values ('aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-2');
select private.claim_jobs('worker-1', 1, array['video.generate']);
select private.fail_job(j.id, j.lock_token, 'The provider refused the prompt.', false) from public.jobs as j;
select results_eq(
  'select status, error_message, credits_used, video_url, completed_at from video.generations',
  $$ values ('error', 'The provider refused the prompt.', 0, null::text, now()) $$, 'its own'
);
select results_eq('select balance, held from public.credit_accounts', 'values (100, 0)', 'and costs nothing');
insert into video.generations (user_id, prompt, model) values ('aaaaaaaa-0000-4000-8000-000000000001', 'A dog', 'veo-2');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.cancel_job(j.id) from public.jobs as j where j.status = 'queued';
select results_eq(
  $$ select status, error_message from video.generations where prompt = 'A dog' $$,
  $$ values ('error', 'Cancelled by the user.') $$, 'a cancel is one too'
);
select is((public.my_credits() ->> 'available')::integer, 100, 'its credits are back');

select * from finish();
rollback;
