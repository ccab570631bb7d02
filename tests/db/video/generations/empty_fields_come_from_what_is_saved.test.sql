begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1000, 'bonus');
insert into video.style_presets (id, user_id, name, character_id, style_data) values
  ('55555555-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Noir', 'max', '{"look": "noir", "negative_prompt": "colour"}'),
  ('55555555-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Bob''s', null, '{"look": "pink"}');
insert into video.tool_configurations (id, user_id, tool_name, configuration) values
  ('66666666-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'video.generate',
    '{"model": "veo-fast", "resolution": "1080p", "seconds": "8", "mode": "cameo", "style_preset_id": "55555555-0000-4000-8000-000000000001"}'),
  ('66666666-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 'video.generate',
    '{"model": "veo-2", "seconds": {"a": 1}, "style_preset_id": "55555555-0000-4000-8000-000000000002", "platform": "tiktok"}'),
  ('66666666-0000-4000-8000-000000000003', 'bbbbbbbb-0000-4000-8000-000000000002', 'video.generate', '{}');
insert into video.platform_configurations (user_id, platform, aspect_ratio) values
  ('aaaaaaaa-0000-4000-8000-000000000001', 'tiktok', '9:16'), ('bbbbbbbb-0000-4000-8000-000000000002', 'vimeo', '9:16');
insert into video.campaigns (id, user_id, name, platform) values
  ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'One', '{tiktok}'),
  ('33333333-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 'Two', '{tiktok,youtube}');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

insert into video.generations (prompt, tool_configuration_id) values ('A', '66666666-0000-4000-8000-000000000001');
select results_eq(
  $$ select model, resolution, seconds, mode, style_preset_id, character_id, negative_prompt, aspect_ratio from video.generations where prompt = 'A' $$,
  $$ values ('veo-fast', '1080p', 8, 'cameo', '55555555-0000-4000-8000-000000000001'::uuid, 'max', 'colour', '16:9') $$,
  'a tool configuration, and the style preset that it names'
);
insert into video.generations (prompt, tool_configuration_id) values ('B', '66666666-0000-4000-8000-000000000002');
select results_eq(
  $$ select model, seconds, platform, aspect_ratio, style_preset_id from video.generations where prompt = 'B' $$,
  $$ values ('veo-2', 8, 'tiktok', '9:16', null::uuid) $$, 'its platform; what is not usable or another''s is nothing'
);
insert into video.generations (prompt, model, campaign_id) values
  ('C', 'veo-2', '33333333-0000-4000-8000-000000000001'), ('D', 'veo-2', '33333333-0000-4000-8000-000000000002');
select results_eq(
  $$ select platform, aspect_ratio from video.generations where prompt in ('C', 'D') order by prompt $$,
  $$ values ('tiktok', '9:16'), (null, '16:9') $$, 'the platform of a campaign that has one alone'
);
insert into video.generations (prompt, model, platform) values ('E', 'veo-2', 'vimeo');
select is((select g.aspect_ratio from video.generations as g where g.prompt = 'E'), '16:9', 'another''s configuration is none');
insert into video.generations (prompt, model, aspect_ratio, resolution, seconds, mode, tool_configuration_id, platform)
values ('F', 'veo-2', '16:9', '720p', 5, 'text', '66666666-0000-4000-8000-000000000001', 'tiktok');
select results_eq(
  $$ select model, aspect_ratio, resolution, seconds, mode from video.generations where prompt = 'F' $$,
  $$ values ('veo-2', '16:9', '720p', 5, 'text') $$, 'what the request says counts first'
);
select is(
  video.quote_generation('{"prompt": "A", "tool_configuration_id": "66666666-0000-4000-8000-000000000001"}') ->> 'credits', '15', 'a quote fills the same'
);
select throws_ok(
  format('insert into video.generations (prompt, model, %s) values (''A'', ''veo-2'', %L)', c.name, c.id), 'PT404', c.word, 'another''s ' || c.name
)
from (
  values
    ('tool_configuration_id', '66666666-0000-4000-8000-000000000003', 'item_not_found'),
    ('style_preset_id', '55555555-0000-4000-8000-000000000002', 'item_not_found'),
    ('brand_guidelines_id', '66666666-0000-4000-8000-000000000003', 'brand_guidelines_not_found')
) as c (name, id, word);

select * from finish();
rollback;
