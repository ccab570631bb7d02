begin;
select plan(4);

select tests.tell('product.created', '{"id": "prod_1", "name": "Pro", "active": true, "created": 1700000000,
  "description": "More", "images": ["https://a.test/1.png"], "metadata": {"a": "b"}}', now() - interval '1 hour');
select results_eq(
  'select id, source, name, description, image, active, metadata, created_at, deleted_at from public.products',
  $$ values ('prod_1', 'stripe', 'Pro', 'More', 'https://a.test/1.png', true, '{"a": "b"}'::jsonb, to_timestamp(1700000000), null::timestamptz) $$,
  'a product'
);
select tests.tell('product.updated', '{"id": "prod_1", "name": "Pro+", "active": false, "created": 1700000000}', now());
select results_eq('select name, active from public.products', $$ values ('Pro+', false) $$, 'a change');
select tests.tell('product.deleted', '{"id": "prod_1", "object": "product", "deleted": true}', now());
select results_eq(
  'select name, active, deleted_at from public.products', $$ values ('Pro+', false, date_trunc('second', now())) $$,
  'deleted, it stays for what was sold of it'
);
select tests.tell('product.deleted', '{"id": "prod_2", "object": "product", "deleted": true}', now());
select is((select count(*) from public.products), 1::bigint, 'one that was never known is not made up');

select * from finish();
rollback;
