-- Lets front ends watch a table: adds it to the publication that Supabase's Realtime
-- reads, where there is one. Who sees which of its rows is decided by its policies.
create function private.watch_table(p_table regclass)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select 1 from pg_catalog.pg_publication as p where p.pubname = 'supabase_realtime' and not p.puballtables
  ) and not exists (
    select 1
    from pg_catalog.pg_publication_rel as r
    join pg_catalog.pg_publication as p on p.oid = r.prpubid
    where p.pubname = 'supabase_realtime' and r.prrelid = p_table
  ) then
    execute format('alter publication supabase_realtime add table %s', p_table);
  end if;
end;
$$;
