begin;
select plan(17);

select private.set_setting('signup_credits', '0');
select private.set_setting('api_url', 'http://api.test');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 50, 'bonus');
insert into video.tool_configurations (id, user_id, tool_name, configuration) values
  ('66666666-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'generate_video', '{"model": "veo-fast", "seconds": 4, "resolution": "720p"}');
insert into video.tool_preset_chains (id, user_id, name, tools) values (
  '99999999-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Poster to film',
  '[{"tool": "generate_image", "settings": {"prompt": "A poster of {prompt}", "width": 512, "height": "512"}},
    {"tool_name": "upscale", "configuration": {"factor": 4}},
    {"name": "generate_video", "settings": {"prompt": "{prompt} comes alive", "tool_configuration_id": "66666666-0000-4000-8000-000000000001"}}]'
);
create function pg_temp.finish(p_files text) returns text language sql as $$
  with claim as materialized (select * from private.claim_jobs('worker-1', 9))
  select (private.complete_job(c.id, c.lock_token, format('{"files": %s}', p_files)::jsonb)).status
  from claim as c where c.type <> 'storage.remove_files';
$$;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(
  video.quote_tool_chain('99999999-0000-4000-8000-000000000001', '{"prompt": "a cat"}'),
  '{"credits": 10, "steps": [{"step": 1, "tool": "generate_image", "credits": 3}, {"step": 2, "tool": "upscale", "credits": 2}, {"step": 3, "tool": "generate_video", "credits": 5}]}'::jsonb,
  'its price is known before'
);
select results_eq(
  $$
    select (r).status, (r).steps, (r).current_step, (r).credits, (r).credits_used, (r).name
    from (select video.run_tool_chain('99999999-0000-4000-8000-000000000001', '{"prompt": "a cat"}', '88888888-0000-4000-8000-000000000001') as r) as x
  $$,
  $$ values ('running', 3, 1, 10, 0, 'Poster to film') $$, 'it runs'
);
select is((public.my_credits() ->> 'held')::integer, 10, 'all of it is held');
select is(
  (video.run_tool_chain('99999999-0000-4000-8000-000000000001', '{"prompt": "a cat"}', '88888888-0000-4000-8000-000000000001')).credits, 10,
  'the same run asked for again is the same'
);
select is((select c.usage_count from video.tool_preset_chains as c), 1, 'a use of the chain');
select tests.clear_authentication();
select results_eq(
  'select type, payload, price, status from public.jobs',
  $$ values ('video.image', '{"operation": "generate", "prompt": "A poster of a cat", "width": 512, "height": 512, "tool_step": 1}'::jsonb, 3, 'queued') $$,
  'one job at a time'
);
-- What changes meanwhile changes no run.
update public.metered_operations set credits = 1000 where operation like 'video.%';
update video.tool_preset_chains set tools = '[]';
delete from video.tool_configurations;
select is(
  pg_temp.finish('[{"kind": "processed", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/s/t/1.png"}]'), 'completed', 'the first step ends'
);
select results_eq(
  $$ select type, payload, price, status from public.jobs where finished_at is null $$,
  $$
    values ('video.upscale', '{"operation": "upscale", "factor": 4, "tool_step": 2,
      "source": {"bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/s/t/1.png"}}'::jsonb, 2, 'queued')
  $$,
  'and in the same transaction the second begins with its picture'
);
select results_eq(
  'select balance, held from public.credit_accounts', 'values (40, 7)', 'the first is paid, the rest stays held'
);
select is(
  pg_temp.finish('[{"kind": "processed", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/s/t/2.png"}]'), 'completed', 'the second ends'
);
select results_eq(
  $$ select type, payload, price from public.jobs where finished_at is null $$,
  $$
    values ('video.generate', '{"operation": "generate_video", "variant": "veo-fast", "prompt": "a cat comes alive", "mode": "image-to-video",
      "aspect_ratio": "16:9", "resolution": "720p", "seconds": 4, "tool_step": 3,
      "reference": {"bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/s/t/2.png"}}'::jsonb, 5)
  $$,
  'the third begins with that'
);
select pg_temp.finish(
  '[{"kind": "video", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/s/t/3.mp4"}, {"kind": "poster", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/s/t/3.webp"}]'
);
select results_eq(
  'select status, current_step, credits_used, error_message, completed_at is not null from video.tool_chain_runs',
  $$ values ('success', 3, 10, null::text, true) $$, 'the run ends with the last'
);
select results_eq(
  'select step, status, credits_used, output from video.tool_chain_steps order by step',
  $$
    values
      (1, 'success', 3, '{"image_url": "http://api.test/storage/v1/object/authenticated/results/aaaaaaaa-0000-4000-8000-000000000001/s/t/1.png"}'::jsonb),
      (2, 'success', 2, '{"image_url": "http://api.test/storage/v1/object/authenticated/results/aaaaaaaa-0000-4000-8000-000000000001/s/t/2.png"}'),
      (3, 'success', 5, '{"video_url": "http://api.test/storage/v1/object/authenticated/results/aaaaaaaa-0000-4000-8000-000000000001/s/t/3.mp4",
        "image_url": "http://api.test/storage/v1/object/authenticated/results/aaaaaaaa-0000-4000-8000-000000000001/s/t/3.webp"}')
  $$,
  'each step shows what it made'
);
select results_eq(
  'select prompt, model, mode, status, credits_used, tool_chain_run_id, seconds from video.generations',
  $$ values ('a cat comes alive', 'veo-fast', 'image-to-video', 'success', 5, '88888888-0000-4000-8000-000000000001'::uuid, 4) $$, 'its video is a generation'
);
select is(
  (select count(*) from video.credit_transactions as t join video.generations as g on g.id = t.generation_id), 1::bigint, 'whose charge names it'
);
select results_eq('select balance, held from public.credit_accounts', 'values (40, 0)', 'all is paid, once');
select is_empty('select * from private.audit_credits() union all select null, error, null, null from private.handler_errors', 'the books add up');

select * from finish();
rollback;
