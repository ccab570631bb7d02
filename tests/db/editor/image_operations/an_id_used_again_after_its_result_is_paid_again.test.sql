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
create function pg_temp.work() returns void language sql as $$
  select private.complete_job(c.id, c.lock_token, jsonb_build_object('files', jsonb_build_array(jsonb_build_object(
    'kind', 'processed', 'bucket', 'results', 'path', 'aaaaaaaa-0000-4000-8000-000000000001/o/t/processed.svg'
  ))))
  from private.claim_jobs('worker-1', 1, array['editor.vectorize']) as c;
$$;
insert into editor.image_operations (id, image_id, operation_type, api_provider)
values (
  '22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize', 'local'
);
select pg_temp.work();
select is((select a.total_used from public.credit_accounts as a), 2::bigint, 'the first is paid');
delete from editor.image_operations;
do $$
begin
  insert into editor.image_operations (id, image_id, operation_type, api_provider)
  values ('22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize', 'local');
exception when sqlstate 'PT409' then
  null;
end;
$$;
select pg_temp.work();
select is(
  (select a.total_used from public.credit_accounts as a),
  (select sum(j.price) from public.jobs as j where j.status = 'completed'), 'and so is what was done after'
);

select * from finish();
rollback;
