begin;
select plan(15);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('insert into video.tool_preset_chains (name, tools) values (''One'', %L)', t.tools), '23514', null, left(t.tools, 60)
)
from (
  values
    ('{}'), ('null'), ('[1]'), ('["upscale"]'), ('[{}]'), ('[[{"tool": "upscale"}]]'), ('[{"tool": ""}]'), ('[{"tool": 1}]'),
    ('[{"tool": ["upscale"]}]'), ('[{"settings": {}}]'), ('[{"tool": "upscale"}, {}]'),
    (jsonb_build_array(jsonb_build_object('tool', repeat('t', 101)))::text),
    (jsonb_build_array(jsonb_build_object('tool', 't', 'settings', repeat('s', 132000)))::text),
    ((select jsonb_agg(jsonb_build_object('tool', 't')) from generate_series(1, 51))::text)
) as t (tools);
select lives_ok(
  $$
    insert into video.tool_preset_chains (name, tools)
    values ('One', '[{"tool": "upscale", "settings": {"factor": 2}}, {"tool_name": "grade"}, {"name": "caption"}]')
  $$,
  'objects that name a tool'
);

select * from finish();
rollback;
