begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into social.ai_studio_conversation_metadata (thread_id, user_id) values ('thread', 'aaaaaaaa-0000-4000-8000-000000000001');
insert into social.checkpoints (thread_id, checkpoint_id, checkpoint) values ('thread', 'c1', '{"v": 4}');
insert into social.checkpoint_blobs (thread_id, channel, version, type, blob) values ('thread', 'messages', '1', 'json', '[]');
insert into social.checkpoint_writes (thread_id, checkpoint_id, task_id, idx, channel, blob)
values ('thread', 'c1', 't', 0, 'messages', '1');

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('a checkpoint', '23505', 'insert into social.checkpoints (thread_id, checkpoint_id, checkpoint) values (''thread'', ''c1'', ''{}'')'),
    (
      'a blob', '23505',
      'insert into social.checkpoint_blobs (thread_id, channel, version, type, blob) values (''thread'', ''messages'', ''1'', ''json'', ''[]'')'
    ),
    (
      'a write', '23505',
      'insert into social.checkpoint_writes (thread_id, checkpoint_id, task_id, idx, channel, blob)
       values (''thread'', ''c1'', ''t'', 0, ''messages'', ''2'')'
    ),
    ('a migration', '23505', 'insert into social.checkpoint_migrations (v) select m.v from social.checkpoint_migrations as m')
) as c (what, code, statement);

select * from finish();
rollback;
