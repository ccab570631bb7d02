-- But where the ledger's functions keep it, and in a history that never changes.
begin;
select plan(2);

select is_empty(
  $$
    select c.oid::regclass
    from pg_class as c
    join pg_attribute as a on a.attrelid = c.oid and a.attname = 'updated_at' and not a.attisdropped
    where c.relkind = 'r'
      and c.relnamespace::regnamespace::text in ('public', 'video', 'editor', 'social', 'staging')
      and c.oid not in ('public.credit_accounts'::regclass, 'social.analytics_history'::regclass)
      and not exists (
        select 1
        from pg_trigger as t
        -- Before an update of each row: the bits 1, 2 and 16.
        where t.tgrelid = c.oid and t.tgfoid = 'private.set_updated_at()'::regprocedure
          and t.tgenabled = 'O' and t.tgtype = 19 and t.tgqual is null
      )
  $$,
  'every table that has the column'
);
update public.plans set updated_at = '2000-01-01';
select is_empty('select 1 from public.plans where updated_at <> now()', 'whatever is sent');

select * from finish();
rollback;
