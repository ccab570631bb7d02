-- LangGraph writes a state in the background, and what its tasks wrote meanwhile may
-- arrive first.
begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into social.ai_studio_conversation_metadata (thread_id, user_id, title)
values ('thread-a', 'aaaaaaaa-0000-4000-8000-000000000001', 'A');
insert into social.checkpoints (thread_id, checkpoint_ns, checkpoint_id, checkpoint)
values ('thread-a', '', 'c1', '{"v": 4}'), ('thread-a', '', 'c3', '{"v": 4}');
insert into social.checkpoint_writes (thread_id, checkpoint_ns, checkpoint_id, task_id, idx, channel, blob)
values
  ('thread-a', '', 'c2', 'of a state that is gone', 0, 'messages', '1'),
  ('thread-a', '', 'c3', 'of the newest', 0, 'messages', '1'),
  ('thread-a', '', 'c4', 'of the next', 0, 'messages', '1'),
  ('thread-a', 'sub', 'c1', 'of the first of a subgraph', 0, 'messages', '1');

select is(
  private.social_prune_checkpoints('thread-a', 1), '{"checkpoints": 1, "blobs": 0, "writes": 1}'::jsonb,
  'what is old goes'
);
select set_eq(
  'select task_id from social.checkpoint_writes',
  array['of the newest', 'of the next', 'of the first of a subgraph'], 'what is to come stays'
);

select * from finish();
rollback;
