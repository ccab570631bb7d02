begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 9, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000, "mimetype": "image/png"}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
create function pg_temp.refusal(p_query text) returns text language plpgsql as $$
declare
  v_detail text;
begin
  execute p_query;
  return 'none';
exception when sqlstate 'PT402' then
  get stacked diagnostics v_detail = pg_exception_detail;
  return sqlerrm || ': ' || v_detail;
end;
$$;

select is(
  pg_temp.refusal($$
    insert into editor.image_pipelines (image_id, steps)
    select '11111111-0000-4000-8000-000000000001', '[
    {"operation_type": "upscale", "input_data": {"factor": 4}},
    {"operation_type": "background_removal"},
    {"operation_type": "vectorize", "input_data": null}
  ]'
    from generate_series(1, 2)
  $$),
  'insufficient_credits: Needed 10, available 9, held 0, owed 0.', 'two that cost more than there is are told the sum'
);
select is_empty('select 1 from editor.image_pipelines', 'no pipeline');
select is_empty('select 1 from editor.image_operations', 'no step');
select lives_ok(
  $$
    insert into editor.image_pipelines (image_id, steps)
    values ('11111111-0000-4000-8000-000000000001', '[
    {"operation_type": "upscale", "input_data": {"factor": 4}},
    {"operation_type": "background_removal"},
    {"operation_type": "vectorize", "input_data": null}
  ]')
  $$, 'one can be paid'
);
select is(public.my_credits() -> 'available', '4', 'and is held');

select * from finish();
rollback;
