begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
select private.set_setting('api_url', 'http://api.test');
insert into video.generations (user_id, prompt, model) values ('aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-2');
select private.claim_jobs('worker-1', 1, array['video.generate']);
select private.complete_job(
  j.id, j.lock_token, '{"files": [{"kind": "video", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/g/t/video.mp4"}]}'
)
from public.jobs as j where j.status = 'processing';
select results_eq(
  'select status, video_url, error_message, credits_used, files, completed_at from video.generations',
  $$
    values (
      'success', 'http://api.test/storage/v1/object/authenticated/results/aaaaaaaa-0000-4000-8000-000000000001/g/t/video.mp4', null::text, 20,
      '[{"kind": "video", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/g/t/video.mp4"}]'::jsonb, now()
    )
  $$,
  'with its video and its price'
);
select results_eq('select balance, held from public.credit_accounts', 'values (80, 0)', 'which is captured');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
