begin;
select plan(16);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 39, 'bonus');
insert into video.storyboard_sequences (id, user_id, name, frames) values
  ('44444444-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Two', '[{"description": "A", "duration": 8}, {"description": "B", "duration": 8}]'),
  ('44444444-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 'None', '[]'),
  ('44444444-0000-4000-8000-000000000003', 'aaaaaaaa-0000-4000-8000-000000000001', 'Long', '[{"description": "A", "duration": 8}, {"description": "B", "duration": 20}]'),
  ('44444444-0000-4000-8000-000000000004', 'aaaaaaaa-0000-4000-8000-000000000001', 'Wordy', jsonb_build_array(jsonb_build_object('description', repeat('a', 5001), 'duration', 1))),
  ('44444444-0000-4000-8000-000000000005', 'aaaaaaaa-0000-4000-8000-000000000001', 'SSRF', '[{"description": "A", "duration": 8, "reference_image_url": "http://10.0.0.1/a.png"}]'),
  ('44444444-0000-4000-8000-000000000006', 'aaaaaaaa-0000-4000-8000-000000000001', 'Odd', '[{"description": "A", "duration": 8, "style_preset_id": "x"}]'),
  ('44444444-0000-4000-8000-000000000007', 'bbbbbbbb-0000-4000-8000-000000000002', 'Bob''s', '[{"description": "A", "duration": 8}]');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('select video.generate_storyboard(%L, %L)', c.id, c.options), c.code, c.word, c.what
)
from (
  values
    ('44444444-0000-4000-8000-000000000001', '{"model": "veo-2"}', 'PT402', 'insufficient_credits', 'two of which one could be paid'),
    ('44444444-0000-4000-8000-000000000001', '{}', 'PT400', 'input_invalid', 'without a model'),
    ('44444444-0000-4000-8000-000000000001', '[]', 'PT400', 'input_invalid', 'with odd options'),
    ('44444444-0000-4000-8000-000000000001', '"x"', 'PT400', 'input_invalid', 'with a text for them'),
    ('44444444-0000-4000-8000-000000000001', '{"model": {"a": 1}}', 'PT400', 'input_invalid', 'with an odd model'),
    ('44444444-0000-4000-8000-000000000002', '{"model": "veo-2"}', 'PT400', 'input_invalid', 'without frames'),
    ('44444444-0000-4000-8000-000000000003', '{"model": "veo-2"}', 'PT400', 'input_invalid', 'a frame longer than its model makes'),
    ('44444444-0000-4000-8000-000000000004', '{"model": "veo-2"}', 'PT400', 'input_invalid', 'a frame with too many words'),
    ('44444444-0000-4000-8000-000000000005', '{"model": "veo-2"}', 'PT400', 'url_not_allowed', 'a frame with a private address'),
    ('44444444-0000-4000-8000-000000000006', '{"model": "veo-2"}', 'PT400', 'input_invalid', 'a frame with an odd id'),
    ('44444444-0000-4000-8000-000000000007', '{"model": "veo-2"}', 'PT404', 'storyboard_not_found', 'another''s'),
    (null, '{"model": "veo-2"}', 'PT404', 'storyboard_not_found', 'none')
) as c (id, options, code, word, what);
select is_empty('select 1 from video.generations', 'no shot is left');
select is_empty('select 1 from video.storyboard_runs', 'nor a run');
select is(public.my_credits(), '{"settled": 39, "held": 0, "available": 39, "debt": 0}'::jsonb, 'no credits moved');
select tests.authenticate_as_anon();
select throws_ok($$ select video.generate_storyboard('44444444-0000-4000-8000-000000000001') $$, '42501', null, 'anon may not');

select * from finish();
rollback;
