begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into video.campaigns (id, user_id, name) values
  ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'One'), ('33333333-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 'Two');
insert into video.storyboard_sequences (id, user_id, name, campaign_id)
values ('44444444-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Shots', '33333333-0000-4000-8000-000000000001');
create function pg_temp.counts() returns integer[] language sql as $$
  select array_agg(c.completed_videos order by c.name) from video.campaigns as c;
$$;
grant execute on function pg_temp.counts() to authenticated;
insert into video.generations (id, user_id, prompt, model, campaign_id, storyboard_id) values
  ('22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'A', 'veo-fast', '33333333-0000-4000-8000-000000000001', null),
  ('22222222-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 'B', 'veo-fast', null, '44444444-0000-4000-8000-000000000001'),
  ('22222222-0000-4000-8000-000000000003', 'aaaaaaaa-0000-4000-8000-000000000001', 'C', 'veo-fast', '33333333-0000-4000-8000-000000000001', null),
  ('22222222-0000-4000-8000-000000000004', 'aaaaaaaa-0000-4000-8000-000000000001', 'D', 'veo-fast', null, null);
select is(pg_temp.counts(), array[0, 0], 'what is under way is not counted');
select private.claim_jobs('worker-1', 4, array['video.generate']);
select private.complete_job(
  j.id, j.lock_token, '{"files": [{"kind": "video", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/g/t/video.mp4"}]}'
)
from public.jobs as j where j.subject_id <> '22222222-0000-4000-8000-000000000003';
select is(pg_temp.counts(), array[2, 0], 'successes are, those of its storyboards too');
select private.fail_job(j.id, j.lock_token, 'No.', false)
from public.jobs as j where j.subject_id = '22222222-0000-4000-8000-000000000003';
select is(pg_temp.counts(), array[2, 0], 'failures are not');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
update video.generations set campaign_id = '33333333-0000-4000-8000-000000000002' where prompt in ('B', 'C', 'D');
select is(pg_temp.counts(), array[1, 2], 'one that is moved counts where it is');
update video.campaigns set completed_videos = 9, name = name || '.';
select is(pg_temp.counts(), array[1, 2], 'nobody else counts');
delete from video.generations where prompt in ('A', 'B');
select is(pg_temp.counts(), array[0, 1], 'one that is deleted does not');
delete from video.campaigns where id = '33333333-0000-4000-8000-000000000002';
select is((select g.campaign_id from video.generations as g where g.prompt = 'D'), null, 'a generation outlives its campaign');
insert into video.campaigns (name, completed_videos) values ('Three.', 7);
select is(pg_temp.counts(), array[0, 0], 'a new one has none');

select * from finish();
rollback;
