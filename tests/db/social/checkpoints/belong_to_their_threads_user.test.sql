begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.ai_studio_conversation_metadata (thread_id, user_id, title)
values ('thread-a', 'aaaaaaaa-0000-4000-8000-000000000001', 'A'), ('thread-b', 'bbbbbbbb-0000-4000-8000-000000000002', 'B');
insert into social.checkpoints (thread_id, checkpoint_id, checkpoint, user_id)
values ('thread-a', 'c1', '{}', 'bbbbbbbb-0000-4000-8000-000000000002');
select is((select user_id from social.checkpoints), 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'whoever is sent');
select throws_ok(
  $$ insert into social.checkpoints (thread_id, checkpoint_id, checkpoint) values ('thread-x', 'c1', '{}') $$,
  'PT404', 'thread_unknown', 'a thread without a conversation has no state'
);
select throws_ok(
  $$ insert into social.checkpoint_blobs (thread_id, channel, version, type) values ('thread-x', 'c', '1', 'json') $$,
  'PT404', 'thread_unknown', 'nor blobs'
);
select throws_ok(
  $$
    insert into social.checkpoint_writes (thread_id, checkpoint_id, task_id, idx, channel, blob)
    values ('thread-x', 'c1', 't', 0, 'c', '1')
  $$,
  'PT404', 'thread_unknown', 'nor writes'
);
select throws_ok(
  $$ insert into social.checkpoints (checkpoint_id, checkpoint) values ('c1', '{}') $$, 'PT404', 'thread_unknown', 'nor none'
);

select * from finish();
rollback;
