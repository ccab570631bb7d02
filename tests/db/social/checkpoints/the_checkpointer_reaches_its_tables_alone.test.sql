begin;
select plan(11);

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
grant langgraph to current_user;
-- The role cannot call pgTAP: it is taken within the statement.
select lives_ok(
  $$
    set local role langgraph;
    do $do$ begin
      assert (select count(*) from social.checkpoints) = 2;
    end $do$;
    reset role
  $$,
  'it reads every thread'
);
select lives_ok(
  $$
    set local role langgraph;
    insert into social.checkpoints (thread_id, checkpoint_id, checkpoint) values ('thread-a', 'c1', '{"v": 5}')
    on conflict (thread_id, checkpoint_ns, checkpoint_id) do update set checkpoint = excluded.checkpoint;
    reset role
  $$,
  'and writes'
);
select throws_ok('set local role langgraph; ' || c.statement, '42501', null, c.why)
from (
  values
    ('update social.checkpoints set thread_id = null', 'no row changes its thread'),
    ('update social.checkpoints set user_id = gen_random_uuid()', 'nor its user'),
    ('update social.checkpoint_blobs set blob = null', 'a blob never changes'),
    ('delete from social.checkpoint_migrations', 'nor do the migrations'),
    ('select 1 from social.ai_studio_conversation_metadata', 'it reads no conversation'),
    ('select 1 from public.profiles', 'nor a profile'),
    ('create table social.x ()', 'makes nothing'),
    ('select private.user_id()', 'and calls nothing')
) as c (statement, why);
select results_eq(
  $$
    select rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolinherit
    from pg_roles where rolname = 'langgraph'
  $$,
  $$ values (false, false, false, false, false) $$,
  'it has no power of its own'
);

select * from finish();
rollback;
