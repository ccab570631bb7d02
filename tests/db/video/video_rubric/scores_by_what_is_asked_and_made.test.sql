begin;
select plan(22);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1000, 'bonus');
insert into video.brand_guidelines (id, user_id, brand_name, tone_of_voice, do_list, dont_list, color_palette) values (
  '77777777-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Acme', '{warm,playful}',
  '{"Show our logos","sunlight"}', '{"Never show alcohol","crowds of people"}', '{"#0a1f8f","white"}'
);
insert into video.campaigns (id, user_id, name, brand_guidelines_id) values
  ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'One', '77777777-0000-4000-8000-000000000001');
insert into video.platform_configurations (user_id, platform, aspect_ratio) values ('aaaaaaaa-0000-4000-8000-000000000001', 'tiktok', '9:16');
create function pg_temp.brand(p_prompt text) returns numeric language sql as $$
  select (private.video_score_brand(
    jsonb_populate_record(null::video.generations, jsonb_build_object('prompt', p_prompt)),
    (select b from video.brand_guidelines as b)
  ) ->> 'score')::numeric;
$$;
create function pg_temp.quality(p jsonb) returns integer language sql as $$
  select (private.video_score_quality(jsonb_populate_record(null::video.generations, p)) ->> 'score')::integer;
$$;

select is(pg_temp.brand('A warm kitchen in sunlight, the logo in blue and white'), 100.0, 'all of the brand');
select is(pg_temp.brand('A warm kitchen in sunlight'), 87.5, 'half of the do''s: 12.5 less');
select is(pg_temp.brand('A kitchen in sunlight with our logos'), 90.0, 'none of the tone: 10 less');
select is(pg_temp.brand('A warm kitchen in sunlight, our logo, bottles of alcohol'), 75.0, 'a don''t: 25 less');
select is(pg_temp.brand('A warm kitchen in sunlight, our logo, no alcohol, without any people in crowds'), 100.0, 'one that is said not to be there is none');
select is(pg_temp.brand('A warm kitchen in sunlight, our logo in red'), 90.0, 'a colour that is not the brand''s: 10 less');
select is(pg_temp.brand('red green orange pink'), 45.0, 'many: 20 less at most');
select is(pg_temp.brand('crowds of people, alcohol, red green'), 0.0, 'never below 0');
select is(
  private.video_score_brand(null, null), null, 'without a brand there is no score'
);
select is(pg_temp.quality('{"prompt": "A cat", "resolution": "720p"}'), 23, 'a short prompt at 720p');
select is(
  pg_temp.quality(jsonb_build_object(
    'prompt', 'A slow close-up of an old cat that walks through a quiet kitchen at dawn, soft light on the floor',
    'resolution', '4k', 'status', 'success', 'poster_url', 'x', 'reference_image_url', 'x'
  )),
  100, 'all that counts'
);
select is(pg_temp.quality(jsonb_build_object('prompt', repeat('word ', 200), 'resolution', '1080p')), 43, 'too many words');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into video.generations (id, prompt, model, campaign_id, platform, aspect_ratio) values
  ('22222222-0000-4000-8000-000000000001', 'A bottle of alcohol in red', 'veo-2', '33333333-0000-4000-8000-000000000001', null, '16:9'),
  ('22222222-0000-4000-8000-000000000002', 'A dog', 'veo-fast', '33333333-0000-4000-8000-000000000001', 'tiktok', '16:9'),
  ('22222222-0000-4000-8000-000000000003', 'A cow', 'veo-fast', null, null, '16:9');
insert into video.performance_metrics (generation_id, platform) select g.id, null from video.generations as g;
select results_eq(
  'select quality_score, style_consistency, brand_compliance, predicted_score, platform, prompt from video.performance_metrics order by generation_id',
  $$
    values
      (35::numeric, 50.0::numeric, 30.0::numeric, 37.0::numeric, null::text, 'A bottle of alcohol in red'),
      (23, 33.3, 65.0, 40.3, 'tiktok', 'A dog'), (23, 20.0, null, 21.8, null, 'A cow')
  $$,
  'an insert for a generation fills what it leaves empty'
);
select is(
  (select m.improvements from video.performance_metrics as m where m.prompt like 'A bottle%'),
  '[
    {"area": "quality", "advice": "Say more: 15 words and more show better results."},
    {"area": "quality", "advice": "Say what the camera does, e.g. a slow close-up."},
    {"area": "quality", "advice": "Say how it is lit, e.g. at dusk."},
    {"area": "quality", "advice": "Say what moves."},
    {"area": "quality", "advice": "A higher resolution looks better on large screens."},
    {"area": "style", "advice": "Use a style preset, so that videos look alike."},
    {"area": "brand", "advice": "Leave out \"Never show alcohol\": it is on the don''t list."},
    {"area": "brand", "advice": "Bring in \"Show our logos\": it is on the do list."},
    {"area": "brand", "advice": "Bring in \"sunlight\": it is on the do list."},
    {"area": "brand", "advice": "Red is not in the palette."},
    {"area": "brand", "advice": "Say the tone: warm, playful."}
  ]'::jsonb,
  'and says what to do better'
);
insert into video.performance_metrics (generation_id, predicted_score, improvements) values ('22222222-0000-4000-8000-000000000003', 99, '[]');
select results_eq(
  $$ select predicted_score, improvements, quality_score from video.performance_metrics where predicted_score = 99 $$,
  $$ values (99::numeric, '[]'::jsonb, 23::numeric) $$, 'what it says itself stays'
);
insert into video.performance_metrics (prompt) values ('Only words');
select is((select m.predicted_score from video.performance_metrics as m where m.prompt = 'Only words'), null, 'words without a generation are not judged');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  $$ insert into video.performance_metrics (generation_id) values ('22222222-0000-4000-8000-000000000001') $$, 'PT404', 'generation_not_found', 'another''s is not judged'
);
select tests.clear_authentication();
select is(private.video_color_name(c.given), c.name, c.given)
from (values ('#F00', 'red'), ('0a1f8f', 'blue'), ('  Light Gray ', 'light grey'), ('#12', '#12')) as c (given, name);
select lives_ok(
  $$
    select private.video_mentions(t, p)
    from unnest(array['', '(((', E'a\\b', '''; drop', repeat('cat ', 1000)]) as t
    cross join unnest(array['', 'the', '!!!', '((( & |', E'\\', '''', 'or or or', '-cat', '"cat', '*:*']) as p
  $$,
  'odd phrases are no queries'
);

select * from finish();
rollback;
