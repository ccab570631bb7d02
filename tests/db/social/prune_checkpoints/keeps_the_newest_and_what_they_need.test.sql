begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.ai_studio_conversation_metadata (thread_id, user_id, title)
values ('thread-a', 'aaaaaaaa-0000-4000-8000-000000000001', 'A'), ('thread-b', 'bbbbbbbb-0000-4000-8000-000000000002', 'B');
insert into social.checkpoints (thread_id, checkpoint_ns, checkpoint_id, parent_checkpoint_id, checkpoint, metadata)
select
  'thread-a', s.ns, 'c' || n, case when n > 1 then 'c' || (n - 1) end,
  jsonb_build_object('v', 3, 'channel_versions', jsonb_build_object('messages', n, 'settings', 1)), '{}'
from generate_series(1, 5) as n cross join (values (''), ('child')) as s (ns);
insert into social.checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
select 'thread-a', s.ns, 'messages', n::text, 'json', '[]'
from generate_series(1, 5) as n cross join (values (''), ('child')) as s (ns);
insert into social.checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
values ('thread-a', '', 'settings', '1', 'json', '{}'), ('thread-a', 'child', 'settings', '1', 'json', '{}');
insert into social.checkpoint_writes (thread_id, checkpoint_ns, checkpoint_id, task_id, idx, channel, blob)
select 'thread-a', s.ns, 'c' || n, 't', 0, '__pregel_tasks', '1'
from generate_series(1, 5) as n cross join (values (''), ('child')) as s (ns);
insert into social.checkpoints (thread_id, checkpoint_id, checkpoint)
select 'thread-b', 'c' || n, '{}' from generate_series(1, 5) as n;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(
  social.prune_checkpoints('thread-a', 2), '{"checkpoints": 6, "blobs": 6, "writes": 4}', 'it says what went'
);
select results_eq(
  $$ select checkpoint_ns, checkpoint_id from social.checkpoints order by 1, 2 $$,
  $$ values ('', 'c4'), ('', 'c5'), ('child', 'c4'), ('child', 'c5') $$, 'the newest of each namespace stay'
);
select results_eq(
  $$ select channel, version from social.checkpoint_blobs where checkpoint_ns = '' order by 1, 2 $$,
  $$ values ('messages', '4'), ('messages', '5'), ('settings', '1') $$,
  'with the blobs that they name, however old'
);
select results_eq(
  $$ select checkpoint_id from social.checkpoint_writes where checkpoint_ns = '' order by 1 $$,
  $$ values ('c3'), ('c4'), ('c5') $$, 'and the sends of their parents'
);
select is(
  social.prune_checkpoints('thread-a', 2), '{"checkpoints": 0, "blobs": 0, "writes": 0}', 'again it finds nothing'
);
select tests.clear_authentication();
select is((select count(*) from social.checkpoints where thread_id = 'thread-b'), 5::bigint, 'other threads stay');

select * from finish();
rollback;
