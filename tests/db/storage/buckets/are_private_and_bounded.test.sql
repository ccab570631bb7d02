begin;
select plan(2);

select results_eq(
  $$ select id, public, file_size_limit from storage.buckets where id in ('uploads', 'results') order by id $$,
  $$ values ('results', false, 104857600::bigint), ('uploads', false, 26214400) $$,
  'two buckets'
);
select is(
  (select 'image/svg+xml' = any (b.allowed_mime_types) from storage.buckets as b where b.id = 'uploads'), false,
  'no SVG is uploaded: it could carry scripts'
);

select * from finish();
rollback;
