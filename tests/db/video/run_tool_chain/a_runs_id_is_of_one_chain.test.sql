begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 50, 'bonus');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into video.tool_preset_chains (id, name, tools)
values
  ('99999999-0000-4000-8000-000000000001', 'One', '[{"tool": "generate_image"}]'),
  ('99999999-0000-4000-8000-000000000002', 'Two', '[{"tool": "generate_image"}]');
select video.run_tool_chain('99999999-0000-4000-8000-000000000001', '{"prompt": "A cat"}', '77777777-0000-4000-8000-000000000001');

select is(
  (video.run_tool_chain('99999999-0000-4000-8000-000000000001', '{"prompt": "A cat"}', '77777777-0000-4000-8000-000000000001')).id,
  '77777777-0000-4000-8000-000000000001', 'the same chain again is the same run'
);
select throws_ok(
  $$ select video.run_tool_chain('99999999-0000-4000-8000-000000000002', '{"prompt": "A cat"}', '77777777-0000-4000-8000-000000000001') $$,
  'PT409', 'idempotency_key_reused', 'another is not'
);
select is((select count(*)::integer from video.tool_chain_runs), 1, 'and there is one');

select * from finish();
rollback;
