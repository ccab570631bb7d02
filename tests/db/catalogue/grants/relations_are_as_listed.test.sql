-- Every right of an API role on a relation of an exposed schema or of private. A
-- new grant is a decision: it is written here too.
begin;
select plan(3);

select set_eq(
  $$
    select
      format('%s.%s', n.nspname, c.relname), a.grantee::regrole::text,
      lower(string_agg(a.privilege_type, ', ' order by a.privilege_type))
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    cross join lateral aclexplode(c.relacl) as a
    where n.nspname in ('public', 'private', 'video', 'editor', 'social', 'staging') and a.grantee <> c.relowner
    group by n.nspname, c.relname, a.grantee
  $$,
  $$
    values
      ('public.profiles', 'authenticated', 'select'),
      ('public.profiles', 'service_role', 'insert, select, update'),

      ('public.credit_accounts', 'authenticated', 'select'),
      ('public.credit_accounts', 'service_role', 'select'),
      ('public.credit_lots', 'authenticated', 'select'),
      ('public.credit_lots', 'service_role', 'select'),
      ('public.credit_holds', 'authenticated', 'select'),
      ('public.credit_holds', 'service_role', 'select'),
      ('public.credit_transactions', 'authenticated', 'select'),
      ('public.credit_transactions', 'service_role', 'select'),

      ('public.metered_operations', 'anon', 'select'),
      ('public.metered_operations', 'authenticated', 'select'),
      ('public.metered_operations', 'service_role', 'select'),
      ('public.job_types', 'authenticated', 'select'),
      ('public.job_types', 'service_role', 'select'),
      ('public.jobs', 'authenticated', 'select'),
      ('public.jobs', 'service_role', 'select'),
      ('public.job_attempts', 'authenticated', 'select'),
      ('public.job_attempts', 'service_role', 'select'),

      ('public.credit_packages', 'anon', 'select'),
      ('public.credit_packages', 'authenticated', 'select'),
      ('public.credit_packages', 'service_role', 'select'),
      ('public.customers', 'authenticated', 'select'),
      ('public.customers', 'service_role', 'select'),
      ('public.checkouts', 'authenticated', 'select'),
      ('public.checkouts', 'service_role', 'select'),
      ('public.payments', 'authenticated', 'select'),
      ('public.payments', 'service_role', 'select'),
      ('public.webhook_events', 'authenticated', 'select'),
      ('public.webhook_events', 'service_role', 'select'),

      ('public.api_costs', 'authenticated', 'select'),
      ('public.api_costs', 'service_role', 'select'),
      ('public.api_usage_logs', 'authenticated', 'select'),
      ('public.api_usage_logs', 'service_role', 'select'),

      ('editor.images', 'authenticated', 'delete, select'),
      ('editor.images', 'service_role', 'delete, insert, select, update'),
      ('editor.image_operations', 'authenticated', 'delete, select'),
      ('editor.image_operations', 'service_role', 'insert, select')
  $$,
  'rights on relations'
);
select set_eq(
  $$
    select
      format('%s.%s', n.nspname, c.relname), a.grantee::regrole::text, lower(a.privilege_type),
      string_agg(t.attname, ', ' order by t.attnum)
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    join pg_attribute as t on t.attrelid = c.oid
    cross join lateral aclexplode(t.attacl) as a
    where n.nspname in ('public', 'private', 'video', 'editor', 'social', 'staging') and a.grantee <> c.relowner
    group by n.nspname, c.relname, a.grantee, a.privilege_type
  $$,
  $$
    values
      ('public.profiles', 'authenticated', 'update',
        'username, full_name, first_name, last_name, company, phone, avatar_url, last_activity_at'),
      ('editor.images', 'authenticated', 'insert',
        'id, user_id, original_filename, original_file_size, original_file_type, original_url, is_favorite, metadata'),
      ('editor.images', 'authenticated', 'update',
        'id, user_id, original_filename, original_file_size, original_file_type, original_url, is_favorite, metadata'),
      ('editor.image_operations', 'authenticated', 'insert', 'id, image_id, operation_type, api_provider, input_data')
  $$,
  'rights on columns'
);
select is_empty(
  $$
    select c.oid::regclass, a.grantee::regrole
    from pg_class as c cross join lateral aclexplode(c.relacl) as a
    where c.relnamespace::regnamespace::text in ('public', 'private', 'video', 'editor', 'social', 'staging')
      and a.is_grantable and a.grantee <> c.relowner
  $$,
  'none can be passed on'
);

select * from finish();
rollback;
