begin;
select plan(22);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('insert into video.%s (%s, %I) values (%L, %L)', c.relation, c.key, c.name, coalesce(c.title, 'One'), c.value),
  '23514', null, c.relation || ': ' || c.what
)
from (
  values
    ('style_presets', 'name', 'a blank name', 'character_id', ' ', 'x'), ('style_presets', 'name', 'many tags', 'tags', null, array_fill('t'::text, array[51])::text),
    ('style_presets', 'name', 'a long tag', 'tags', null, array[repeat('t', 51)]::text), ('style_presets', 'name', 'an empty tag', 'tags', null, '{""}'),
    ('style_presets', 'name', 'a null tag', 'tags', null, '{null}'), ('style_presets', 'name', 'tags in rows', 'tags', null, '{{a},{b}}'),
    ('style_presets', 'name', 'a long address', 'thumbnail_url', null, repeat('a', 2049)), ('style_presets', 'name', 'a count below 0', 'usage_count', null, '-1'),
    ('style_presets', 'name', 'style of 66 kB', 'style_data', null, jsonb_build_array(repeat('c', 66000))::text),
    ('style_presets', 'name', 'a long character', 'character_id', null, repeat('c', 201)),
    ('tool_configurations', 'tool_name', 'a blank name', 'character_id', '', 'x'), ('tool_configurations', 'tool_name', 'a count below 0', 'usage_count', null, '-1'),
    ('tool_configurations', 'tool_name', 'a long name', 'character_id', repeat('n', 101), 'x'),
    ('tool_configurations', 'tool_name', 'settings of 66 kB', 'configuration', null, jsonb_build_array(repeat('c', 66000))::text),
    ('tool_preset_chains', 'name', 'a blank name', 'description', ' ', 'x'), ('tool_preset_chains', 'name', 'a long description', 'description', null, repeat('d', 5001)),
    ('tool_preset_chains', 'name', 'a count over its bound', 'usage_count', null, '1000000001'),
    ('storyboard_sequences', 'name', 'a blank name', 'character_id', ' ', 'x'), ('storyboard_sequences', 'name', 'a long character', 'character_id', null, repeat('c', 201)),
    ('platform_configurations', 'platform', 'a blank platform', 'aspect_ratio', ' ', 'x'),
    ('platform_configurations', 'platform', 'a long ratio', 'aspect_ratio', null, '1234567:890'),
    ('platform_configurations', 'platform', 'templates of 66 kB', 'prompt_templates', null, jsonb_build_array(repeat('c', 66000))::text)
) as c (relation, key, what, name, title, value);

select * from finish();
rollback;
