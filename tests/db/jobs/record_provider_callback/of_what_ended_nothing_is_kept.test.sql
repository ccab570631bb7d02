-- A provider's payload repeats the prompt, and its user may have left meanwhile.
begin;
select plan(2);

select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into editor.images (id, user_id, original_filename)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'a.png');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into editor.image_operations (image_id, operation_type, input_data)
values ('11111111-0000-4000-8000-000000000001', 'generate', '{"prompt": "a cat"}');
select tests.clear_authentication();
create temporary table claim as select * from private.claim_jobs('w', 1, array['editor.generate']);
select private.snooze_job(
  c.id, c.lock_token, now() + interval '1 minute', '{"provider": "acme", "external_id": "1"}'
)
from claim as c;
select private.retire_user('aaaaaaaa-0000-4000-8000-000000000001');

select is(
  private.record_provider_callback('acme', '1', '{"input": {"prompt": "a cat"}}') ->> 'outcome', 'already_ended',
  'it comes late'
);
select results_eq(
  'select callback, called_back_at from private.provider_tasks', $$ values ('{}'::jsonb, now()) $$,
  'that it came is noted, not what it said'
);

select * from finish();
rollback;
