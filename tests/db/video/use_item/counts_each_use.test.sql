begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into video.tool_configurations (id, user_id, tool_name) values ('66666666-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'upscale');
insert into video.style_presets (id, user_id, name) values ('66666666-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 'Noir');
insert into video.tool_preset_chains (id, user_id, name) values ('66666666-0000-4000-8000-000000000003', 'aaaaaaaa-0000-4000-8000-000000000001', 'All');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  format('select video.use_item(%1$L, %2$L) union all select video.use_item(%1$L, %2$L)', i.kind, i.id), 'values (1), (2)', i.kind
)
from (
  values
    ('tool_configuration', '66666666-0000-4000-8000-000000000001'), ('style_preset', '66666666-0000-4000-8000-000000000002'),
    ('tool_preset_chain', '66666666-0000-4000-8000-000000000003')
) as i (kind, id);
select results_eq(
  $$
    select usage_count from video.tool_configurations union all select usage_count from video.style_presets
    union all select usage_count from video.tool_preset_chains
  $$,
  'values (2), (2), (2)', 'the rows have it'
);
update video.style_presets set usage_count = 1000000000;
select is(video.use_item('style_preset', '66666666-0000-4000-8000-000000000002'), 1000000000, 'up to its bound');

select * from finish();
rollback;
