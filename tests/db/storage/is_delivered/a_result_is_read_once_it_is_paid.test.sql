-- The worker stores the file before it completes the job. Who could read it then
-- would cancel, and have it for nothing.
begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}'),
  ('results', 'aaaaaaaa-0000-4000-8000-000000000001/22222222-0000-4000-8000-000000000001/t/processed.svg', '{}'),
  ('results', 'aaaaaaaa-0000-4000-8000-000000000001/22222222-0000-4000-8000-000000000001/u/processed.svg', '{}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
insert into editor.image_operations (id, image_id, operation_type, api_provider)
values (
  '22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize', 'local'
);
create temporary table claim as select * from private.claim_jobs('worker-1', 1, array['editor.vectorize']);

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is_empty($$ select name from storage.objects where bucket_id = 'results' $$, 'not while the job runs');
select tests.clear_authentication();
select private.complete_job(id, lock_token, '{"files": [{"kind": "processed", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/22222222-0000-4000-8000-000000000001/t/processed.svg"}]}')
from claim;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select name from storage.objects where bucket_id = 'results' $$,
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001/22222222-0000-4000-8000-000000000001/t/processed.svg') $$,
  'then what was delivered, and no leftover of another attempt'
);
select is(public.my_credits() -> 'available', '8', 'for its price');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty($$ select name from storage.objects where bucket_id = 'results' $$, 'nobody else');

select * from finish();
rollback;
