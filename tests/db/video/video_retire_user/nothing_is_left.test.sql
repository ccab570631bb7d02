begin;
select plan(13);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into storage.objects (bucket_id, name, metadata) values
  ('results', 'aaaaaaaa-0000-4000-8000-000000000001/g/t/video.mp4', '{}'),
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}'), ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/noir.png', '{"size": 1000}');
insert into video.brand_guidelines (user_id, brand_name) values ('aaaaaaaa-0000-4000-8000-000000000001', 'B'), ('bbbbbbbb-0000-4000-8000-000000000002', 'B');
insert into video.campaigns (id, user_id, name) values ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'C');
insert into video.storyboard_sequences (user_id, name, campaign_id) values ('aaaaaaaa-0000-4000-8000-000000000001', 'S', '33333333-0000-4000-8000-000000000001');
insert into video.generations (user_id, prompt, model, reference_image_url, campaign_id)
values ('aaaaaaaa-0000-4000-8000-000000000001', 'P', 'veo-2', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '33333333-0000-4000-8000-000000000001');
select private.claim_jobs('worker-1', 1, array['video.generate']);
select private.complete_job(
  j.id, j.lock_token, '{"files": [{"kind": "video", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/g/t/video.mp4"}]}'
)
from public.jobs as j where j.status = 'processing';
insert into video.generations (user_id, prompt, model) values ('aaaaaaaa-0000-4000-8000-000000000001', 'P', 'veo-2');
insert into video.performance_metrics (user_id, generation_id) select 'aaaaaaaa-0000-4000-8000-000000000001', g.id from video.generations as g;
insert into video.tool_configurations (user_id, tool_name) values ('aaaaaaaa-0000-4000-8000-000000000001', 'T');
insert into video.style_presets (user_id, name, thumbnail_url) values ('aaaaaaaa-0000-4000-8000-000000000001', 'S', 'aaaaaaaa-0000-4000-8000-000000000001/noir.png'), ('aaaaaaaa-0000-4000-8000-000000000001', 'S', 'https://example.com/x.png');
insert into video.tool_preset_chains (user_id, name) values ('aaaaaaaa-0000-4000-8000-000000000001', 'C');
insert into video.platform_configurations (user_id, platform) values ('aaaaaaaa-0000-4000-8000-000000000001', 'P');
select tests.delete_user('aaaaaaaa-0000-4000-8000-000000000001');

select is_empty(format('select 1 from video.%I where user_id = %L', r.name, 'aaaaaaaa-0000-4000-8000-000000000001'), r.name)
from unnest(array[
  'brand_guidelines', 'campaigns', 'storyboard_sequences', 'generations', 'performance_metrics', 'tool_configurations', 'style_presets',
  'tool_preset_chains', 'platform_configurations'
]) as r (name);
select is((select count(*) from video.brand_guidelines), 1::bigint, 'others keep theirs');
select set_eq(
  $$ select payload from public.jobs where type = 'storage.remove_files' $$,
  $$
    values ('{"bucket": "uploads", "paths": ["aaaaaaaa-0000-4000-8000-000000000001/cat.png", "aaaaaaaa-0000-4000-8000-000000000001/noir.png"]}'::jsonb),
      ('{"bucket": "results", "paths": ["aaaaaaaa-0000-4000-8000-000000000001/g/t/video.mp4"]}')
  $$,
  'files will be removed'
);
select set_eq(
  $$ select status from public.jobs where type = 'video.generate' $$, $$ values ('completed'), ('cancelled') $$, 'open work ended'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
