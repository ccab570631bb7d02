begin;
select plan(14);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000, "mimetype": "image/png"}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
insert into editor.images (id, user_id, original_filename, original_url)
select
  format('11111111-0000-4000-8000-%s', lpad(n::text, 12, '0'))::uuid, 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
from generate_series(2, 101) as n;
insert into editor.images (id, user_id, original_filename)
values ('11111111-0000-4000-8000-000000001000', 'bbbbbbbb-0000-4000-8000-000000000002', 'dog.png');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 1);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
create function pg_temp.images(p_count integer) returns uuid[] language sql as $$
  select array_agg(format('11111111-0000-4000-8000-%s', lpad(n::text, 12, '0'))::uuid) from generate_series(1, p_count) as n;
$$;
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
  pg_temp.refusal($$ select editor.request_batch(pg_temp.images(100), 'background_removal') $$),
  'insufficient_credits: Needed 100, available 99, held 0, owed 0.', 'short credits are told with the whole sum'
);
select throws_ok(b.query, b.code, b.word, b.what)
from (
  values
    ('101 images', $$ select editor.request_batch(pg_temp.images(101), 'vectorize') $$, 'PT400', 'batch_invalid'),
    ('no image', $$ select editor.request_batch('{}', 'vectorize') $$, 'PT400', 'batch_invalid'),
    ('null', $$ select editor.request_batch(null, 'vectorize') $$, 'PT400', 'batch_invalid'),
    ('an image of null', $$ select editor.request_batch(array[null]::uuid[], 'vectorize') $$, 'PT400', 'batch_invalid'),
    ('an image twice, in lists of lists', $$ select editor.request_batch(array[pg_temp.images(1), pg_temp.images(1)], 'vectorize') $$, 'PT400', 'batch_invalid'),
    ('an image twice', $$ select editor.request_batch(pg_temp.images(2) || pg_temp.images(1), 'vectorize') $$, 'PT400', 'batch_invalid'),
    ('an unknown operation', $$ select editor.request_batch(pg_temp.images(2), 'colorize') $$, 'PT400', 'input_invalid'),
    ('no operation', $$ select editor.request_batch(pg_temp.images(2), null) $$, 'PT400', 'input_invalid'),
    ('a bad parameter', $$ select editor.request_batch(pg_temp.images(2), 'upscale', '{"factor": 3}') $$, 'PT400', 'input_invalid'),
    ('another''s image among them', $$ select editor.request_batch(pg_temp.images(2) || '11111111-0000-4000-8000-000000001000'::uuid, 'vectorize') $$, 'PT404', 'image_not_found')
) as b (what, query, code, word);
select is_empty('select 1 from editor.image_operations', 'no operation');
select is_empty('select 1 from public.jobs', 'no job');
select is(public.my_credits() -> 'held', '0', 'nothing is held');

select * from finish();
rollback;
