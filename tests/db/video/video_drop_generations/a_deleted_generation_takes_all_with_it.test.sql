begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into storage.objects (bucket_id, name) values ('results', 'aaaaaaaa-0000-4000-8000-000000000001/g/t/video.mp4');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into video.generations (user_id, prompt, model) values ('aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-2');
select private.claim_jobs('worker-1', 1, array['video.generate']);
select private.complete_job(
  j.id, j.lock_token, '{"files": [{"kind": "video", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/g/t/video.mp4"}]}'
)
from public.jobs as j where j.status = 'processing';
insert into video.generations (user_id, prompt, model) values ('aaaaaaaa-0000-4000-8000-000000000001', 'A dog', 'veo-2'), ('aaaaaaaa-0000-4000-8000-000000000001', 'A cow', 'veo-2');
create temporary table claim as select * from private.claim_jobs('worker-1', 1, array['video.generate']);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
delete from video.generations;
select tests.clear_authentication();

select set_eq(
  $$ select status, count(*) from public.jobs where type = 'video.generate' group by status $$,
  $$ values ('completed', 1::bigint), ('cancelled', 2) $$, 'open jobs are cancelled'
);
select results_eq('select balance, held from public.credit_accounts', 'values (80, 0)', 'their credits are back');
select results_eq(
  $$ select payload from public.jobs where type = 'storage.remove_files' $$,
  $$ values ('{"bucket": "results", "paths": ["aaaaaaaa-0000-4000-8000-000000000001/g/t/video.mp4"]}'::jsonb) $$, 'results will be removed'
);
select throws_ok(
  'select private.complete_job(id, lock_token) from claim', 'PT409', 'lease_lost', 'the worker is told'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
