-- A subgraph's states lie in a namespace of its task, a new one each time that it runs.
begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into social.ai_studio_conversation_metadata (thread_id, user_id, title)
values ('thread-a', 'aaaaaaaa-0000-4000-8000-000000000001', 'A');
insert into social.checkpoints (thread_id, checkpoint_ns, checkpoint_id, checkpoint, metadata)
select 'thread-a', s.ns, s.id, '{"v": 4, "channel_versions": {"m": 1}}', jsonb_build_object('parents', s.parents)
from (
  values
    ('', 'c1', '{}'::jsonb), ('', 'c4', '{}'), ('', 'c7', '{}'),
    -- Of a task of the first state, and of one within it; of the newest; of one that is on its way.
    ('sub:t1', 'c2', '{"": "c1"}'), ('sub:t1|deep:t2', 'c3', '{"": "c1", "sub:t1": "c2"}'),
    ('sub:t7', 'c8', '{"": "c7"}'), ('sub:t9', 'c9', '{"": "c88"}'),
    -- One that keeps its memory has no task in its name.
    ('memory', 'c2', '{"": "c1"}'), ('sub:t1|memory', 'c2', '{"": "c1"}'),
    -- A writer that tells no parents.
    ('sub:t0', 'c2', null)
) as s (ns, id, parents);
insert into social.checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
select 'thread-a', c.checkpoint_ns, 'm', '1', 'json', '1' from social.checkpoints as c group by c.checkpoint_ns;
insert into social.checkpoint_writes (thread_id, checkpoint_ns, checkpoint_id, task_id, idx, channel, blob)
select 'thread-a', c.checkpoint_ns, c.checkpoint_id, 't', 0, 'm', '1' from social.checkpoints as c;

select is(
  private.social_prune_checkpoints('thread-a', 2), '{"checkpoints": 3, "blobs": 2, "writes": 3}'::jsonb, 'it says what went'
);
select set_eq(
  'select checkpoint_ns, checkpoint_id from social.checkpoints',
  $$
    values
      ('', 'c4'), ('', 'c7'), ('sub:t7', 'c8'), ('sub:t9', 'c9'), ('memory', 'c2'), ('sub:t1|memory', 'c2'), ('sub:t0', 'c2')
  $$,
  'the tasks of states that are gone'
);
select set_eq(
  'select distinct checkpoint_ns from social.checkpoint_blobs', 'select checkpoint_ns from social.checkpoints', 'with their blobs'
);
select set_eq(
  'select checkpoint_ns, checkpoint_id from social.checkpoint_writes',
  'select checkpoint_ns, checkpoint_id from social.checkpoints', 'and their writes'
);

select * from finish();
rollback;
