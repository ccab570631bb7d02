begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.ai_studio_conversation_metadata (thread_id, user_id, title)
values ('thread-a', 'aaaaaaaa-0000-4000-8000-000000000001', 'A'), ('thread-b', 'bbbbbbbb-0000-4000-8000-000000000002', 'B');
-- messages is stored whole at c2 and as deltas since; a is stored at c4.
insert into social.checkpoints (thread_id, checkpoint_id, parent_checkpoint_id, checkpoint, metadata)
select
  'thread-a', 'c' || n, case when n > 1 then 'c' || (n - 1) end,
  jsonb_build_object('v', 4, 'channel_versions', jsonb_build_object('messages', least(n, 2), 'a', least(n, 4))),
  '{"counters_since_delta_snapshot": {"messages": [4, 4], "a": [2, 2]}}'
from generate_series(1, 6) as n;
insert into social.checkpoint_blobs (thread_id, channel, version, type, blob)
values
  ('thread-a', 'messages', '1', 'json', '[]'), ('thread-a', 'messages', '3', 'empty', null), ('thread-a', 'a', '4', 'json', '[]');
insert into social.checkpoint_blobs (thread_id, channel, version, type, blob)
values ('thread-a', 'messages', '2', 'json', '[]');
update social.checkpoints
set checkpoint = jsonb_set(checkpoint, '{channel_versions,messages}', '3')
where checkpoint_id > 'c2';
insert into social.checkpoint_writes (thread_id, checkpoint_id, task_id, idx, channel, blob)
select 'thread-a', 'c' || n, 't', 0, 'messages', '1' from generate_series(1, 6) as n;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok($$ select social.prune_checkpoints('thread-a', 1) $$, 'pruned');
select is(
  (select array_agg(checkpoint_id order by checkpoint_id) from social.checkpoints), array['c2', 'c3', 'c4', 'c5', 'c6'],
  'back to the one that stored the value'
);
select is(
  (select array_agg(checkpoint_id order by checkpoint_id) from social.checkpoint_writes), array['c1', 'c2', 'c3', 'c4', 'c5', 'c6'],
  'with the writes on the way'
);
select is(
  (select array_agg(version order by version) from social.checkpoint_blobs where channel = 'messages'), array['2', '3'], 'and its blob'
);

select * from finish();
rollback;
