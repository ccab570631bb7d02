begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into video.storyboard_sequences (id, user_id, name, frames) values
  ('44444444-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Three',
    '[{"description": "A", "duration": 8}, {"description": "B", "duration": 8}, {"description": "C", "duration": 8}]');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select video.generate_storyboard('44444444-0000-4000-8000-000000000001', '{"model": "veo-2"}', '88888888-0000-4000-8000-000000000001');
select tests.clear_authentication();
create temporary table claim as select * from private.claim_jobs('worker-1', 2, array['video.generate']);
select private.complete_job(
  c.id, c.lock_token, '{"files": [{"kind": "video", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/g/t/video.mp4"}]}'
)
from claim as c limit 1;
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  $$ select video.cancel_storyboard_run('88888888-0000-4000-8000-000000000001') $$, 'PT404', 'run_not_found', 'not by another'
);
select throws_ok(
  $$ select video.generate_storyboard('44444444-0000-4000-8000-000000000001', '{}', '88888888-0000-4000-8000-000000000001') $$,
  'PT409', 'idempotency_key_reused', 'who cannot name its run either'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(video.cancel_storyboard_run('88888888-0000-4000-8000-000000000001'), 2, 'what is open is stopped');
select is(video.cancel_storyboard_run('88888888-0000-4000-8000-000000000001'), 0, 'once');
select throws_ok($$ select video.cancel_storyboard_run(null) $$, 'PT404', 'run_not_found', 'null is no run');
select set_eq('select status from video.generations', array['success', 'error'], 'what is done stays');
select is(public.my_credits(), '{"settled": 80, "held": 0, "available": 80, "debt": 0}'::jsonb, 'and is charged, the rest is back');
delete from video.storyboard_sequences;
select results_eq(
  'select count(*), count(storyboard_id), count(run_id) from video.generations', 'values (3::bigint, 0::bigint, 0::bigint)', 'shots outlive their storyboard'
);
select tests.clear_authentication();
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
