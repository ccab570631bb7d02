begin;
select plan(29);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 12, 'bonus');
insert into video.tool_configurations (id, user_id, tool_name) values ('66666666-0000-4000-8000-000000000003', 'bbbbbbbb-0000-4000-8000-000000000002', 'x');
insert into video.tool_preset_chains (id, user_id, name, tools) values
  ('99999999-0000-4000-8000-000000000007', 'bbbbbbbb-0000-4000-8000-000000000002', 'Bob''s', '[{"tool": "generate_image"}]');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
create function pg_temp.attempt(p_tools jsonb, p_input jsonb) returns void language plpgsql as $$
begin
  insert into video.tool_preset_chains (id, name, tools) values ('99999999-0000-4000-8000-000000000001', 'One', p_tools)
  on conflict (id) do update set tools = excluded.tools;
  perform video.run_tool_chain('99999999-0000-4000-8000-000000000001', p_input);
end;
$$;
select throws_ok(format('select pg_temp.attempt(%L, %L)', c.tools, c.input), c.code, c.word, c.what)
from (
  values
    ('[]', '{}', 'PT400', 'input_invalid', 'no tools'),
    ('[{"tool": "caption"}]', '{}', 'PT400', 'tool_unknown', 'a tool there is not'),
    ('[{"tool": "generate_image"}, {"tool": "'' or 1=1"}]', '{"prompt": "A cat"}', 'PT400', 'tool_unknown', 'nor later on'),
    ('[{"tool": "upscale"}]', '{"prompt": "A cat"}', 'PT400', 'input_invalid', 'a picture''s tool without a picture'),
    ('[{"tool": "generate_image"}]', '{}', 'PT400', 'input_invalid', 'no prompt'),
    ('[{"tool": "generate_image"}]', '{"prompt": " "}', 'PT400', 'input_invalid', 'a blank prompt'),
    ('[{"tool": "generate_image"}]', '{"prompt": 1}', 'PT400', 'input_invalid', 'a prompt that is no text'),
    ('[{"tool": "generate_image"}]', jsonb_build_object('prompt', repeat('a', 5001))::text, 'PT400', 'input_invalid', 'a long one'),
    ('[{"tool": "generate_image"}]', jsonb_build_object('prompt', 'a', 'x', repeat('a', 100000))::text, 'PT400', 'input_invalid', 'an input of 100 kB'),
    ('[{"tool": "generate_image", "settings": {"prompt": "{prompt}{prompt}"}}]', jsonb_build_object('prompt', repeat('a', 4000))::text, 'PT400', 'input_invalid', 'a template that makes it long'),
    ('[{"tool": "generate_image", "settings": {"width": 10}}]', '{"prompt": "A cat"}', 'PT400', 'input_invalid', 'a tiny picture'),
    ('[{"tool": "generate_image", "settings": {"width": "99999999999"}}]', '{"prompt": "A cat"}', 'PT400', 'input_invalid', 'a huge one'),
    ('[{"tool": "generate_image"}, {"tool": "upscale", "settings": {"factor": 3}}]', '{"prompt": "A cat"}', 'PT400', 'input_invalid', 'a factor there is not'),
    ('[{"tool": "generate_image"}, {"tool": "generate_video"}]', '{"prompt": "A cat"}', 'PT400', 'input_invalid', 'a video without a model'),
    ('[{"tool": "generate_video", "settings": {"model": "veo-fast", "seconds": 5}}]', '{"prompt": "A cat"}', 'PT400', 'input_invalid', 'of a length it does not make'),
    ('[{"tool": "generate_image", "settings": {"tool_configuration_id": "66666666-0000-4000-8000-000000000003"}}]', '{"prompt": "A cat"}', 'PT404', 'item_not_found', 'another''s configuration'),
    ('[{"tool": "upscale"}]', '{"image": "http://169.254.169.254/"}', 'PT400', 'url_not_allowed', 'a private address'),
    ('[{"tool": "upscale"}]', '{"image": "bbbbbbbb-0000-4000-8000-000000000002/cat.png"}', 'PT400', 'source_not_in_storage', 'another''s upload'),
    ('[{"tool": "upscale"}]', '{"image": "aaaaaaaa-0000-4000-8000-000000000001/cat.png"}', 'PT404', 'upload_not_found', 'an upload there is not'),
    ('[{"tool": "upscale"}]', '[]', 'PT400', 'input_invalid', 'an input that is none'),
    ('[{"tool": "generate_image"}, {"tool": "generate_video", "settings": {"model": "veo-fast"}}]', '{"prompt": "A cat"}', 'PT402', 'insufficient_credits', 'more than there is for all steps')
) as c (tools, input, code, word, what);
select throws_ok($$ select video.run_tool_chain('99999999-0000-4000-8000-000000000007', '{"prompt": "A"}') $$, 'PT404', 'item_not_found', 'another''s chain');
select throws_ok($$ select video.run_tool_chain(null) $$, 'PT404', 'item_not_found', 'no chain');
select is_empty('select 1 from video.tool_chain_runs', 'no run is left');
select is_empty('select 1 from public.jobs', 'nor a job');
select is(public.my_credits(), '{"settled": 12, "held": 0, "available": 12, "debt": 0}'::jsonb, 'no credits moved');
select is_empty('select 1 from video.tool_preset_chains where usage_count > 0', 'no use counted');
select throws_ok($$ delete from video.tool_chain_runs $$, '42501', null, 'runs are not written');
select tests.authenticate_as_anon();
select throws_ok($$ select video.run_tool_chain('99999999-0000-4000-8000-000000000001') $$, '42501', null, 'anon may not');

select * from finish();
rollback;
