begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
select private.set_setting('api_url', 'http://api.test');
insert into editor.image_operations (id, image_id, operation_type, api_provider)
values (
  '22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize', 'local'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
delete from editor.image_operations;
select is(public.my_credits() -> 'held', '0', 'the first request was taken back');

-- Either the second is refused, or it is charged: never work for nothing.
select tests.clear_authentication();
do $$
begin
  perform tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
  insert into editor.image_operations (id, image_id, operation_type, api_provider)
  values ('22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize', 'local');
exception when sqlstate 'PT409' then
  null;
end;
$$;
select tests.clear_authentication();
create temporary table claim as select * from private.claim_jobs('worker-1', 1, array['editor.vectorize']);
select private.complete_job(id, lock_token, jsonb_build_object('files', jsonb_build_array(jsonb_build_object(
  'kind', 'processed', 'bucket', 'results', 'path', 'aaaaaaaa-0000-4000-8000-000000000001/o/t/processed.svg'
))))
from claim;
select is(
  (select a.total_used from public.credit_accounts as a),
  (select coalesce(sum(j.price), 0) from public.jobs as j where j.status = 'completed'),
  'what was done was paid'
);

select * from finish();
rollback;
