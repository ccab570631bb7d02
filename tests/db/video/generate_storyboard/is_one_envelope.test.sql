begin;
select plan(17);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 70, 'bonus');
insert into video.campaigns (id, user_id, name) values ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'One');
insert into video.storyboard_sequences (id, user_id, name, campaign_id, character_id, frames) values (
  '44444444-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Film', '33333333-0000-4000-8000-000000000001', 'max',
  '[{"description": "A cat wakes", "duration": 2.5}, {"description": "It runs", "duration": 6, "model": "veo-2", "aspect_ratio": "9:16"},
    {"description": "It sleeps", "duration": 8, "resolution": "1080p", "user_id": "bbbbbbbb-0000-4000-8000-000000000002", "status": "success"}]'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(
  video.quote_storyboard('44444444-0000-4000-8000-000000000001', '{"model": "veo-fast"}'),
  '{"credits": 35, "shots": [
    {"shot": 1, "model": "veo-fast", "resolution": "720p", "seconds": 4, "credits": 5},
    {"shot": 2, "model": "veo-2", "resolution": "720p", "seconds": 6, "credits": 15},
    {"shot": 3, "model": "veo-fast", "resolution": "1080p", "seconds": 8, "credits": 15}
  ]}'::jsonb,
  'its price is known before'
);
select results_eq(
  $$
    select shot, prompt, model, aspect_ratio, resolution, seconds, character_id, campaign_id, status, user_id
    from video.generate_storyboard('44444444-0000-4000-8000-000000000001', '{"model": "veo-fast"}', '88888888-0000-4000-8000-000000000001')
  $$,
  $$
    values
      (1, 'A cat wakes', 'veo-fast', '16:9', '720p', 4, 'max', '33333333-0000-4000-8000-000000000001'::uuid, 'generating', 'aaaaaaaa-0000-4000-8000-000000000001'::uuid),
      (2, 'It runs', 'veo-2', '9:16', '720p', 6, 'max', '33333333-0000-4000-8000-000000000001', 'generating', 'aaaaaaaa-0000-4000-8000-000000000001'),
      (3, 'It sleeps', 'veo-fast', '16:9', '1080p', 8, 'max', '33333333-0000-4000-8000-000000000001', 'generating', 'aaaaaaaa-0000-4000-8000-000000000001')
  $$,
  'a shot a frame, in order'
);
select results_eq(
  'select amount, captured, status from public.credit_holds', $$ values (35, 0, 'held') $$, 'under one hold of that price'
);
select results_eq('select shots, credits from video.storyboard_runs', 'values (3, 35)', 'the run says so');
select results_eq(
  $$ select shot from video.generate_storyboard('44444444-0000-4000-8000-000000000001', '{"model": "veo-fast"}', '88888888-0000-4000-8000-000000000001') $$,
  'values (1), (2), (3)', 'the same run asked for again is the same'
);
select throws_ok(
  $$ select video.generate_storyboard('44444444-0000-4000-8000-000000000001', '{"model": "veo-fast"}') $$,
  'PT409', 'storyboard_running', 'another one waits until it has ended'
);
select is((public.my_credits() ->> 'held')::integer, 35, 'so nothing is held twice');
select tests.clear_authentication();

create temporary table claim as select * from private.claim_jobs('worker-1', 9, array['video.generate']);
create function pg_temp.claimed(p_shot integer) returns claim language sql as $$
  select c from claim as c join video.generations as g on g.id = c.subject_id where g.shot = p_shot;
$$;
select private.complete_job(
  (pg_temp.claimed(2)).id, (pg_temp.claimed(2)).lock_token,
  '{"files": [{"kind": "video", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/g/t/video.mp4"}]}'
);
select results_eq(
  'select amount, captured, status from public.credit_holds', $$ values (35, 15, 'held') $$, 'a shot that succeeds takes its own price'
);
select private.fail_job((pg_temp.claimed(1)).id, (pg_temp.claimed(1)).lock_token, 'No.', false);
select results_eq(
  'select balance, held from public.credit_accounts', 'values (35, 20)', 'one that fails takes nothing, its share stays for a retry'
);

-- All that is available goes, so that the retry can only be paid by the run's hold.
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 35);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select video.retry_generation(g.id) from video.generations as g where g.shot = 1;
select tests.clear_authentication();
select is((select count(distinct j.hold_id) from public.jobs as j where j.type = 'video.generate'), 1::bigint, 'a failed shot is retried alone under it');
select private.complete_job(
  (pg_temp.claimed(3)).id, (pg_temp.claimed(3)).lock_token,
  '{"files": [{"kind": "video", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/g/t/video.mp4"}]}'
);
select results_eq('select captured, status from public.credit_holds', $$ values (30, 'held') $$, 'which stays open for it');
select is((select c.completed_videos from video.campaigns as c), 2, 'the campaign counts them');
select private.claim_jobs('worker-1', 9, array['video.generate']);
select private.fail_job(j.id, j.lock_token, 'No.', false) from public.jobs as j where j.status = 'processing';
select results_eq('select captured, status from public.credit_holds', $$ values (30, 'released') $$, 'after the last');
select results_eq('select balance, held from public.credit_accounts', 'values (5, 0)', 'the rest is back');
select set_eq('select shot, status, credits_used from video.generations', $$ values (1, 'error', 0), (2, 'success', 15), (3, 'success', 15) $$, 'and each shot says what became of it');
select results_eq(
  $$ select sum(t.amount), count(*) from public.credit_transactions as t where t.operation = 'capture' $$, 'values (-30::bigint, 2::bigint)', 'each charge is a line of its own'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
