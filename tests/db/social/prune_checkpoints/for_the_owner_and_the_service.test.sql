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
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  $$ select social.prune_checkpoints('thread-a', 1) $$, 'PT404', 'thread_unknown', 'another user''s thread is none'
);
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  $$ select social.prune_checkpoints('thread-a', 1) $$, 'PT404', 'thread_unknown', 'for an admin too'
);
select tests.authenticate_as_subject('auth0|unknown');
select throws_ok($$ select social.prune_checkpoints('thread-a', 1) $$, 'PT403', 'not_signed_in', 'nobody prunes none');
select tests.authenticate_as_anon();
select throws_ok($$ select social.prune_checkpoints('thread-a', 1) $$, '42501', null, 'anon may not');
select tests.authenticate_as_service();
select is(social.prune_checkpoints('thread-a', 1) -> 'checkpoints', '8', 'the service prunes anybody''s');
select tests.clear_authentication();
select is(social.prune_checkpoints('thread-b', 1) -> 'checkpoints', '4', 'the database''s owner too');

select * from finish();
rollback;
