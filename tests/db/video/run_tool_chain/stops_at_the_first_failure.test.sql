begin;
select plan(18);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 50, 'bonus');
insert into storage.objects (bucket_id, name) values
  ('results', 'aaaaaaaa-0000-4000-8000-000000000001/s/t/1.png'), ('results', 'aaaaaaaa-0000-4000-8000-000000000001/s/t/v.mp4');
insert into video.tool_preset_chains (id, user_id, name, tools) values (
  '99999999-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Three',
  '[{"tool": "generate_image"}, {"tool": "generate_video", "settings": {"model": "veo-fast"}}, {"tool": "remove_background"}]'
);
create function pg_temp.claimed() returns public.jobs language sql as $$
  select c from private.claim_jobs('worker-1', 1, array['video.image', 'video.generate', 'video.background_removal']) as c;
$$;
create function pg_temp.finish(p_kind text, p_name text) returns void language plpgsql as $$
declare v_job public.jobs := pg_temp.claimed();
begin
  perform private.complete_job(v_job.id, v_job.lock_token, jsonb_build_object('files', jsonb_build_array(
    jsonb_build_object('kind', p_kind, 'bucket', 'results', 'path', 'aaaaaaaa-0000-4000-8000-000000000001/s/t/' || p_name)
  )));
end;
$$;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select video.run_tool_chain('99999999-0000-4000-8000-000000000001', '{"prompt": "A cat"}', '88888888-0000-4000-8000-000000000001');
select tests.clear_authentication();
select pg_temp.finish('processed', '1.png');
select private.fail_job(j.id, j.lock_token, 'Blocked by the content policy.', false) from (select * from pg_temp.claimed()) as j;

select results_eq(
  'select step, status, credits_used from video.tool_chain_steps order by step',
  $$ values (1, 'success', 3), (2, 'error', 0), (3, 'skipped', 0) $$, 'what is done is kept, the rest is not begun'
);
select results_eq(
  $$ select status, current_step, credits_used, error_message like 'Step 2 (generate_video): The provider''s safety rules%' from video.tool_chain_runs $$,
  $$ values ('error', 2, 3, true) $$, 'the run says which step failed, in words'
);
select results_eq('select balance, held from public.credit_accounts', 'values (47, 0)', 'what is done is charged, the rest is back');
select is_empty($$ select 1 from public.jobs where finished_at is null $$, 'nothing is left to do');
select is_empty('select 1 from video.generations', 'a video that was not made is none');

-- A result that is none: the handler's error is final after its tries.
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select video.run_tool_chain('99999999-0000-4000-8000-000000000001', '{"prompt": "A cat"}', '88888888-0000-4000-8000-000000000002');
select tests.clear_authentication();
select pg_temp.finish('video', '1.png');
select private.reap_due_job(j.id, now() + interval '3 minutes' * n)
from generate_series(1, 5) as n, lateral (select j.id from public.jobs as j where j.finished_at is null) as j;
select results_eq(
  $$ select status, credits_used from video.tool_chain_runs where id = '88888888-0000-4000-8000-000000000002' $$, $$ values ('error', 0) $$, 'a result of the wrong kind ends it too'
);

-- A deactivated user's chain stops where it is.
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select video.run_tool_chain('99999999-0000-4000-8000-000000000001', '{"prompt": "A cat"}', '88888888-0000-4000-8000-000000000003');
select tests.clear_authentication();
update public.profiles set is_active = false;
select pg_temp.finish('processed', '1.png');
select results_eq(
  $$ select status, credits_used, error_message from video.tool_chain_runs where id = '88888888-0000-4000-8000-000000000003' $$,
  $$ values ('error', 3, 'The account is deactivated.') $$, 'who is deactivated starts nothing more'
);
update public.profiles set is_active = true;

-- Cancelled between two steps' ends.
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select video.run_tool_chain('99999999-0000-4000-8000-000000000001', '{"prompt": "A cat"}', '88888888-0000-4000-8000-000000000004');
select tests.clear_authentication();
select pg_temp.finish('processed', '1.png');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is((video.cancel_tool_chain_run('88888888-0000-4000-8000-000000000004')).status, 'error', 'its user stops it');
select is(
  (video.cancel_tool_chain_run('88888888-0000-4000-8000-000000000004')).error_message, 'Step 2 (generate_video): Cancelled by the user.', 'once, and it says so'
);
select is((public.my_credits() ->> 'held')::integer, 0, 'nothing stays held');
select throws_ok($$ select video.cancel_tool_chain_run(null) $$, 'PT404', 'run_not_found', 'null is no run');

-- A run that is deleted: its pictures go, its video stays.
select video.run_tool_chain('99999999-0000-4000-8000-000000000001', '{"prompt": "A cat"}', '88888888-0000-4000-8000-000000000005');
select tests.clear_authentication();
select pg_temp.finish('processed', '1.png');
select pg_temp.finish('video', 'v.mp4');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok($$ select video.delete_tool_chain_run('88888888-0000-4000-8000-000000000005') $$, 'a run is deleted');
select throws_ok($$ select video.delete_tool_chain_run('88888888-0000-4000-8000-000000000005') $$, 'PT404', 'run_not_found', 'once');
select tests.clear_authentication();
select results_eq(
  $$ select payload -> 'paths' from public.jobs where type = 'storage.remove_files' $$,
  $$ values ('["aaaaaaaa-0000-4000-8000-000000000001/s/t/1.png"]'::jsonb) $$, 'its pictures will be removed'
);
select results_eq(
  'select status, tool_chain_run_id from video.generations', $$ values ('success', null::uuid) $$, 'its video stays'
);
select is_empty($$ select 1 from public.jobs where finished_at is null and type <> 'storage.remove_files' $$, 'its open step is stopped');
delete from video.tool_preset_chains;
select is((select count(*) from video.tool_chain_runs as r where r.chain_id is null), 4::bigint, 'runs outlive their chain');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
