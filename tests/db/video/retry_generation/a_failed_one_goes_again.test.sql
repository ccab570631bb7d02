begin;
select plan(15);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 50, 'bonus');
insert into video.campaigns (id, user_id, name) values ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'One');
insert into video.generations (id, user_id, prompt, model, campaign_id)
values ('22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-2', '33333333-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is((video.retry_generation('22222222-0000-4000-8000-000000000001')).status, 'generating', 'one under way is left alone');
select is((select count(*) from public.jobs), 1::bigint, 'and begins nothing');
select tests.clear_authentication();
select private.claim_jobs('worker-1', 1, array['video.generate']);
select private.fail_job(j.id, j.lock_token, 'Blocked by the safety filter.', false) from public.jobs as j;
select alike(g.error_message, '%safety rules%', 'it failed') from video.generations as g;

select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  $$ select video.retry_generation('22222222-0000-4000-8000-000000000001') $$, 'PT404', 'generation_not_found', 'another user finds none'
);
select throws_ok($$ select video.retry_generation(null) $$, 'PT404', 'generation_not_found', 'nor is null one');
select tests.authenticate_as_anon();
select throws_ok($$ select video.retry_generation('22222222-0000-4000-8000-000000000001') $$, '42501', null, 'anon may not');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select (g).status, (g).error_message, (g).credits_used, (g).completed_at from (select video.retry_generation('22222222-0000-4000-8000-000000000001') as g) as r $$,
  $$ values ('generating', null::text, null::integer, null::timestamptz) $$, 'its user sends it again'
);
select is((public.my_credits() ->> 'held')::integer, 20, 'under a new hold');
select tests.clear_authentication();
select private.claim_jobs('worker-1', 1, array['video.generate']);
select private.complete_job(
  j.id, j.lock_token, '{"files": [{"kind": "video", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/g/t/video.mp4"}]}'
)
from public.jobs as j where j.status = 'processing';
select results_eq(
  'select status, credits_used from video.generations', $$ values ('success', 20) $$, 'this time it succeeds'
);
select is((select c.completed_videos from video.campaigns as c), 1, 'its campaign counts it once');
select results_eq('select balance, held from public.credit_accounts where user_id = ''aaaaaaaa-0000-4000-8000-000000000001''', 'values (30, 0)', 'and it is charged once');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select video.retry_generation('22222222-0000-4000-8000-000000000001') $$, 'PT409', 'generation_not_failed', 'a success is not made again'
);
insert into video.generations (id, prompt, model) values ('22222222-0000-4000-8000-000000000002', 'A dog', 'veo-2');
select public.cancel_job(j.id) from public.jobs as j where j.subject_id = '22222222-0000-4000-8000-000000000002';
select tests.clear_authentication();
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 15);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select video.retry_generation('22222222-0000-4000-8000-000000000002') $$, 'PT402', 'insufficient_credits', 'nor without credits'
);
select results_eq(
  $$ select status, error_message from video.generations where prompt = 'A dog' $$, $$ values ('error', 'Cancelled by the user.') $$, 'which leaves it as it was'
);
select tests.clear_authentication();
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
