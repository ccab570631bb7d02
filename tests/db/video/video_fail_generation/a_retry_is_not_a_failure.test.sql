begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into video.generations (user_id, prompt, model) values ('aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-2');
select private.claim_jobs('worker-1', 1, array['video.generate']);
select private.fail_job(j.id, j.lock_token, 'Busy.', true) from public.jobs as j;
select results_eq('select status, error_message from video.generations', $$ values ('generating', null::text) $$, 'it goes on');
select is((select a.held from public.credit_accounts as a), 20, 'under its hold');

select * from finish();
rollback;
