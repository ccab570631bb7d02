begin;
select plan(18);

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
select results_eq(
  format('select thread_id, user_id::text from social.%I', t.name), $$ values ('thread-a', 'aaaaaaaa-0000-4000-8000-000000000001') $$, t.name || ' of their own threads'
)
from (values ('checkpoints'), ('checkpoint_blobs'), ('checkpoint_writes')) as t (name);
select throws_ok(format('delete from social.%I', t.name), '42501', null, t.name || ': no delete')
from (values ('checkpoints'), ('checkpoint_blobs'), ('checkpoint_writes')) as t (name);
select throws_ok(format('update social.%I set thread_id = ''x''', t.name), '42501', null, t.name || ': no update')
from (values ('checkpoints'), ('checkpoint_blobs'), ('checkpoint_writes')) as t (name);
select throws_ok(format('insert into social.%I (thread_id) values (''thread-a'')', t.name), '42501', null, t.name || ': no insert')
from (values ('checkpoints'), ('checkpoint_blobs'), ('checkpoint_writes')) as t (name);
select tests.authenticate_as_anon();
select throws_ok(format('select 1 from social.%I', t.name), '42501', null, t.name || ': not for anon')
from (values ('checkpoints'), ('checkpoint_blobs'), ('checkpoint_writes')) as t (name);
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is((select count(*) from social.checkpoints), 2::bigint, 'an admin reads all');
select tests.authenticate_as_service();
select is((select count(*) from social.checkpoints), 2::bigint, 'the service too');
select throws_ok('delete from social.checkpoints', '42501', null, 'and deletes none');

select * from finish();
rollback;
