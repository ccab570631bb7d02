begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into video.brand_guidelines (id, user_id, brand_name, "values", tone_of_voice, visual_style, do_list, dont_list, color_palette, fonts) values
  ('77777777-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Acme', '{honest,"made to last"}', '{warm}', 'Soft light',
    '{"show the logo"}', '{"Never show alcohol",crowds}', '{"#ff0000",navy}', 'Inter'),
  ('77777777-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 'Other', '{}', '{}', null, '{}', '{}', '{}', null);
insert into video.campaigns (id, user_id, name, brand_guidelines_id) values
  ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'One', '77777777-0000-4000-8000-000000000001');
insert into video.style_presets (id, user_id, name, style_data) values
  ('55555555-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Noir',
    '{"look": "film noir", "lens": {"focal_length": 35, "grain": true, "flare": false}, "colours": ["black", "white", null], "resolution": "4k", "negative_prompt": "text"}');
insert into video.platform_configurations (user_id, platform, preferred_style, prompt_templates, character_preferences) values
  ('aaaaaaaa-0000-4000-8000-000000000001', 'tiktok', '["fast cuts"]', '{"video": "For TikTok: {prompt}!"}', '{"max": {"hair": "red", "age": 30}}');

select is(
  private.video_provider_prompt(jsonb_populate_record(null::video.generations, '{
    "user_id": "aaaaaaaa-0000-4000-8000-000000000001", "prompt": "A cat\nwalks", "model": "veo-2"
  }')),
  'A cat walks', 'a plain prompt stays one'
);
select is(
  private.video_provider_prompt(jsonb_populate_record(null::video.generations, '{
    "user_id": "aaaaaaaa-0000-4000-8000-000000000001", "prompt": "A cat", "platform": "tiktok", "character_id": "max",
    "style_preset_id": "55555555-0000-4000-8000-000000000001", "campaign_id": "33333333-0000-4000-8000-000000000001"
  }')),
  'For TikTok: A cat!
Character: age: 30; hair: red
Style: colours: black, white; lens: focal length: 35; grain; look: film noir
Platform style: fast cuts
Brand: Acme
Brand values: honest, made to last
Tone: warm
Visual style: Soft light
Colours: #ff0000, navy
Lettering: Inter
Do: show the logo
Never: Never show alcohol, crowds',
  'the template, the character, the style, the platform and the campaign''s brand, a line each'
);
select is(
  private.video_negative_prompt(jsonb_populate_record(null::video.generations, '{
    "user_id": "aaaaaaaa-0000-4000-8000-000000000001", "negative_prompt": "blur", "campaign_id": "33333333-0000-4000-8000-000000000001"
  }')),
  'blur, show alcohol, crowds', 'the don''ts are negative words too'
);
select is(
  private.video_provider_prompt(jsonb_populate_record(null::video.generations, '{
    "user_id": "aaaaaaaa-0000-4000-8000-000000000001", "prompt": "A cat", "character_id": "Max the cat",
    "campaign_id": "33333333-0000-4000-8000-000000000001", "brand_guidelines_id": "77777777-0000-4000-8000-000000000002"
  }')),
  E'A cat\nCharacter: Max the cat\nBrand: Other', 'its own brand counts before the campaign''s'
);
select is(
  private.video_provider_prompt(jsonb_populate_record(null::video.generations, '{
    "user_id": "bbbbbbbb-0000-4000-8000-000000000002", "prompt": "A cat", "platform": "tiktok",
    "style_preset_id": "55555555-0000-4000-8000-000000000001", "campaign_id": "33333333-0000-4000-8000-000000000001",
    "brand_guidelines_id": "77777777-0000-4000-8000-000000000001"
  }')),
  'A cat', 'nothing of another user is ever in it'
);
update video.brand_guidelines
set "values" = array_fill(repeat('v', 200), array[30]), tone_of_voice = array_fill(repeat('t', 200), array[30]),
  do_list = array_fill(repeat('d', 250), array[50]), dont_list = array_fill(repeat('n', 250), array[50]);
update video.platform_configurations
set prompt_templates = jsonb_build_object('video', repeat('{prompt} ', 200)), preferred_style = to_jsonb(repeat('s', 60000));
select cmp_ok(
  char_length(private.video_provider_prompt(jsonb_populate_record(null::video.generations, jsonb_build_object(
    'user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'prompt', repeat('p', 5000), 'platform', 'tiktok', 'campaign_id', '33333333-0000-4000-8000-000000000001'
  )))),
  '<', 20000, 'however much is saved, it stays within what a worker takes'
);
update video.style_presets set style_data = (repeat('[', 1000) || repeat(']', 1000))::jsonb;
select is(private.video_words((select s.style_data from video.style_presets as s)), null, 'deep settings are not gone into');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into video.generations (prompt, model, campaign_id) values ('A cat', 'veo-2', '33333333-0000-4000-8000-000000000001');
select alike(j.payload ->> 'prompt', E'A cat\nBrand: Acme\n%', 'a request''s job has it') from public.jobs as j;

select * from finish();
rollback;
