begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into storage.objects (bucket_id, name, metadata) values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}');
insert into video.tool_preset_chains (id, user_id, name, tools) values
  ('99999999-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Two', '[{"tool": "upscale"}, {"tool": "generate_video", "settings": {"model": "veo-fast"}}]');
insert into video.storyboard_sequences (id, user_id, name, frames) values
  ('44444444-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Film', '[{"description": "A", "duration": 8}, {"description": "B", "duration": 8}]');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select video.run_tool_chain('99999999-0000-4000-8000-000000000001', '{"prompt": "A cat", "image": "aaaaaaaa-0000-4000-8000-000000000001/cat.png"}');
select video.generate_storyboard('44444444-0000-4000-8000-000000000001', '{"model": "veo-fast"}');
select tests.clear_authentication();
create temporary table claim as select * from private.claim_jobs('worker-1', 2, array['video.upscale', 'video.generate']);
select is((select count(*) from claim), 2::bigint, 'work is under way');
select tests.delete_user('aaaaaaaa-0000-4000-8000-000000000001');
select is_empty(
  $$
    select 'a run' from video.tool_chain_runs union all select 'a step' from video.tool_chain_steps
    union all select 'a film' from video.storyboard_runs union all select 'a shot' from video.generations
  $$,
  'nothing is left'
);
select is_empty($$ select 1 from public.jobs where finished_at is null and type like 'video.%' $$, 'open work ended');
select throws_ok(
  'select private.complete_job(id, lock_token) from claim', 'PT409', 'lease_lost', 'and goes no further'
);
select is((select a.held from public.credit_accounts as a), 0, 'nothing stays held');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
