begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select private.set_setting('api_url', 'http://api.test');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into storage.objects (bucket_id, name) values
  ('results', 'aaaaaaaa-0000-4000-8000-000000000001/g/v.webm'), ('results', 'bbbbbbbb-0000-4000-8000-000000000002/g/theirs.webm');
insert into video.generations (user_id, prompt, model) values ('aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-2');
select private.claim_jobs('worker-1', 1, array['video.generate']);
select private.complete_job(
  j.id, j.lock_token,
  '{"files": [
    {"kind": "video", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/g/v.webm", "content_type": "video/webm", "bytes": 9},
    {"kind": "poster", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/g/p.webp"},
    {"kind": "extra", "bucket": "results", "path": "bbbbbbbb-0000-4000-8000-000000000002/g/theirs.webm"},
    {"kind": "extra", "bucket": "uploads", "path": "aaaaaaaa-0000-4000-8000-000000000001/cat.png"},
    {"kind": "extra", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/../bbbbbbbb-0000-4000-8000-000000000002/x"}
  ]}'
)
from public.jobs as j where j.status = 'processing';
select results_eq(
  'select jsonb_array_length(files), poster_url from video.generations',
  $$ values (2, 'http://api.test/storage/v1/object/authenticated/results/aaaaaaaa-0000-4000-8000-000000000001/g/p.webp') $$, 'the video and its poster'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
delete from video.generations;
select tests.clear_authentication();
select results_eq(
  $$ select payload -> 'paths' from public.jobs where type = 'storage.remove_files' $$,
  $$ values ('["aaaaaaaa-0000-4000-8000-000000000001/g/v.webm"]'::jsonb) $$, 'so nobody else''s are removed with it'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
