begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.ai_studio_conversation_metadata (thread_id, user_id, title)
values ('thread-a', 'aaaaaaaa-0000-4000-8000-000000000001', 'A'), ('thread-b', 'bbbbbbbb-0000-4000-8000-000000000002', 'B');
insert into social.checkpoint_blobs (thread_id, channel, version, type, blob)
values ('thread-a', 'messages', '1', 'json', '[]'), ('thread-b', 'messages', '1', 'json', '[]');
insert into social.checkpoints (thread_id, checkpoint_id, checkpoint)
values ('thread-a', 'c1', '{"v": 4}'), ('thread-b', 'c1', '{"v": 4}');
insert into social.checkpoint_writes (thread_id, checkpoint_id, task_id, idx, channel, blob)
values ('thread-a', 'c1', 't', 0, 'messages', '1'), ('thread-b', 'c1', 't', 0, 'messages', '1');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
delete from social.ai_studio_conversation_metadata where thread_id = 'thread-a';
select tests.clear_authentication();
select results_eq(
  format('select thread_id from social.%I', t.name), $$ values ('thread-b') $$, t.name || ' of others stay'
)
from (values ('checkpoints'), ('checkpoint_blobs'), ('checkpoint_writes')) as t (name);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select lives_ok(
  $$ insert into social.ai_studio_conversation_metadata (thread_id) values ('thread-a') $$,
  'so that whoever takes the name of the thread finds nothing'
);

select * from finish();
rollback;
