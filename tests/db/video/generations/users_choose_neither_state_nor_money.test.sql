begin;
select plan(31);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('insert into video.generations (prompt, model, %I) values (''A cat'', ''veo-2'', %s)', c.name, c.value),
  '42501', null, 'insert ' || c.name
)
from (
  values
    ('status', $$'success'$$), ('video_url', $$'x'$$), ('error_message', $$'x'$$), ('credits_used', '0'),
    ('files', $$'[]'$$), ('poster_url', $$'x'$$), ('run_id', 'gen_random_uuid()'), ('shot', '1'), ('tool_chain_run_id', 'gen_random_uuid()'), ('created_at', 'now()'), ('completed_at', 'now()')
) as c (name, value);
insert into video.generations (prompt, model) values ('A cat', 'veo-2');
select throws_ok(
  format('update video.generations set %I = null', c.name), '42501', null, 'update ' || c.name
)
from unnest(array[
  'id', 'user_id', 'prompt', 'model', 'aspect_ratio', 'resolution', 'mode', 'reference_image_url', 'status', 'video_url',
  'error_message', 'credits_used', 'files', 'created_at', 'completed_at', 'seconds', 'run_id', 'tool_chain_run_id', 'poster_url'
]) as c (name);
select tests.clear_authentication();
insert into video.generations (user_id, prompt, model, status, video_url, credits_used, files, completed_at)
values ('aaaaaaaa-0000-4000-8000-000000000001', 'A dog', 'veo-2', 'success', 'x', 0, '[]', now());
select results_eq(
  $$ select status, video_url, credits_used, files, completed_at from video.generations where prompt = 'A dog' $$,
  $$ values ('generating', null::text, null::integer, null::jsonb, null::timestamptz) $$,
  'nor does the service: a row begins as a request'
);

select * from finish();
rollback;
