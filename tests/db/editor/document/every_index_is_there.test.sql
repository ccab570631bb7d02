-- Not of profiles.subscription_status, which is derived, nor (created_at) and
-- (transaction_type) of the ledger, whose every write would pay for them: a user's
-- transactions are one range of its key.
begin;
select plan(1);

select is_empty(
  $$
    select d.relation, d.name
    from (
      values
        ('public.profiles', 'created_at'),
        ('editor.images', 'user_id'), ('editor.images', 'processing_status'), ('editor.images', 'created_at'),
        ('editor.images', 'expires_at'),
        ('public.credit_transactions', 'user_id'),
        ('editor.image_operations', 'image_id'), ('editor.image_operations', 'status'),
        ('editor.image_operations', 'created_at'),
        ('public.api_usage_logs', 'user_id'), ('public.api_usage_logs', 'created_at'),
        ('public.api_usage_logs', 'api_provider')
    ) as d (relation, name)
    where not exists (
      select 1
      from pg_index as i
      join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where i.indrelid = d.relation::regclass and a.attname = d.name
    )
  $$,
  'each column that the document indexes leads one'
);

select * from finish();
rollback;
