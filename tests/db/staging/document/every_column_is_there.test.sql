-- The columns of contract/staging.json, generated from it. A base table may have more;
-- a view has these, in this order.
begin;
select plan(2);

create temporary table document (relation text, position integer, name text, type text);
insert into document
values
  ('users', 1, 'id', 'uuid'),
  ('users', 2, 'auth0_sub', 'text'),
  ('users', 3, 'stripe_customer_id', 'text'),
  ('users', 4, 'role', 'text'),
  ('users', 5, 'created_at', 'timestamp with time zone'),
  ('projects', 1, 'id', 'uuid'),
  ('projects', 2, 'user_id', 'uuid'),
  ('projects', 3, 'name', 'text'),
  ('projects', 4, 'created_at', 'timestamp with time zone'),
  ('images', 1, 'id', 'uuid'),
  ('images', 2, 'project_id', 'uuid'),
  ('images', 3, 'original_url', 'text'),
  ('images', 4, 'staged_url', 'text'),
  ('images', 5, 'room_type', 'text'),
  ('images', 6, 'style', 'text'),
  ('images', 7, 'status', 'staging.image_status'),
  ('images', 8, 'error', 'text'),
  ('images', 9, 'created_at', 'timestamp with time zone'),
  ('images', 10, 'updated_at', 'timestamp with time zone'),
  ('jobs', 1, 'id', 'uuid'),
  ('jobs', 2, 'image_id', 'uuid'),
  ('jobs', 3, 'type', 'text'),
  ('jobs', 4, 'payload_json', 'jsonb'),
  ('jobs', 5, 'status', 'text'),
  ('jobs', 6, 'error', 'text'),
  ('jobs', 7, 'created_at', 'timestamp with time zone'),
  ('jobs', 8, 'started_at', 'timestamp with time zone'),
  ('jobs', 9, 'finished_at', 'timestamp with time zone'),
  ('plans', 1, 'id', 'uuid'),
  ('plans', 2, 'code', 'text'),
  ('plans', 3, 'price_id', 'text'),
  ('plans', 4, 'monthly_limit', 'integer'),
  ('processed_events', 1, 'id', 'uuid'),
  ('processed_events', 2, 'stripe_event_id', 'text'),
  ('processed_events', 3, 'type', 'text'),
  ('processed_events', 4, 'payload', 'jsonb'),
  ('processed_events', 5, 'received_at', 'timestamp with time zone'),
  ('subscriptions', 1, 'id', 'uuid'),
  ('subscriptions', 2, 'user_id', 'uuid'),
  ('subscriptions', 3, 'stripe_subscription_id', 'text'),
  ('subscriptions', 4, 'status', 'text'),
  ('subscriptions', 5, 'price_id', 'text'),
  ('subscriptions', 6, 'current_period_start', 'timestamp with time zone'),
  ('subscriptions', 7, 'current_period_end', 'timestamp with time zone'),
  ('subscriptions', 8, 'cancel_at', 'timestamp with time zone'),
  ('subscriptions', 9, 'canceled_at', 'timestamp with time zone'),
  ('subscriptions', 10, 'cancel_at_period_end', 'boolean'),
  ('subscriptions', 11, 'created_at', 'timestamp with time zone'),
  ('subscriptions', 12, 'updated_at', 'timestamp with time zone'),
  ('invoices', 1, 'id', 'uuid'),
  ('invoices', 2, 'user_id', 'uuid'),
  ('invoices', 3, 'stripe_invoice_id', 'text'),
  ('invoices', 4, 'stripe_subscription_id', 'text'),
  ('invoices', 5, 'status', 'text'),
  ('invoices', 6, 'amount_due', 'integer'),
  ('invoices', 7, 'amount_paid', 'integer'),
  ('invoices', 8, 'currency', 'text'),
  ('invoices', 9, 'invoice_number', 'text'),
  ('invoices', 10, 'created_at', 'timestamp with time zone'),
  ('invoices', 11, 'updated_at', 'timestamp with time zone');
create temporary view actual as
select
  c.relname::text as relation, c.relkind,
  row_number() over (partition by c.oid order by a.attnum)::integer as position,
  a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type
from pg_class as c
join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = 'staging'::regnamespace;

select set_eq(
  $$
    select a.relation, a.position, a.name, a.type from actual as a
    where a.relkind = 'v' and a.relation in (select d.relation from document as d)
  $$,
  $$
    select d.relation, d.position, d.name, d.type from document as d
    where d.relation not in ('images', 'projects')
  $$,
  'views have the document''s columns and no more'
);
select set_has(
  $$ select a.relation, a.name, a.type from actual as a where a.relkind = 'r' $$,
  $$
    select d.relation, d.name, d.type from document as d
    where d.relation in ('images', 'projects')
  $$,
  'base tables have all of the document''s columns'
);

select * from finish();
rollback;
