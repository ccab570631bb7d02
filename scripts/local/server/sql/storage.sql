-- storage belongs to its service. On Supabase `postgres` may create policies on
-- storage.objects without owning it, by the extension supautils, which Debian
-- does not have. Here it gets the owner's rights by membership, and an event
-- trigger takes back all of them but policies and triggers: what Supabase
-- refuses (`alter table storage.objects`, objects of one's own in the schema)
-- is refused here too.
do $do$
declare
  v_object record;
begin
  execute 'alter schema storage owner to supabase_storage_admin';
  for v_object in
    select 'table' as kind, c.oid::regclass::text as name
    from pg_class as c
    where c.relnamespace = 'storage'::regnamespace and c.relkind = 'r'
    union all
    select 'function', p.oid::regprocedure::text
    from pg_proc as p
    where p.pronamespace = 'storage'::regnamespace
  loop
    execute format('alter %s %s owner to supabase_storage_admin', v_object.kind, v_object.name);
  end loop;
end
$do$;

grant usage on schema storage to {{owner}}, anon, authenticated, service_role;
grant all on storage.buckets, storage.objects to {{owner}}, anon, authenticated, service_role;
grant supabase_storage_admin to {{owner}} with inherit true, set false;

create function storage.keep_to_policies()
returns event_trigger
language plpgsql
as $$
declare
  v_object record;
begin
  if session_user = 'supabase_storage_admin'
    or (select r.rolsuper from pg_roles as r where r.rolname = session_user)
  then
    return;
  end if;
  if tg_event = 'sql_drop' then
    for v_object in select * from pg_event_trigger_dropped_objects() loop
      if v_object.original
        and v_object.address_names[1] = 'storage'
        and v_object.object_type not in ('policy', 'trigger')
      then
        raise insufficient_privilege
          using message = format('must be owner of %s', v_object.object_identity);
      end if;
    end loop;
  else
    for v_object in select * from pg_event_trigger_ddl_commands() loop
      if v_object.object_type not in ('policy', 'trigger')
        and (v_object.schema_name = 'storage' or v_object.object_identity = 'storage')
        and v_object.command_tag not in ('GRANT', 'REVOKE', 'COMMENT')
      then
        raise insufficient_privilege
          using message = format('must be owner of %s', v_object.object_identity);
      end if;
    end loop;
  end if;
end;
$$;

create event trigger storage_keep_to_policies on ddl_command_end
execute function storage.keep_to_policies();

create event trigger storage_keep_to_policies_drop on sql_drop
execute function storage.keep_to_policies();

-- A row without its file, or a file without its row: Supabase lets only the
-- storage service delete (it sets the parameter).
create function storage.protect_delete()
returns trigger
language plpgsql
as $$
begin
  if coalesce(current_setting('storage.allow_delete_query', true), '') <> 'true'
    and not (select r.rolsuper from pg_roles as r where r.rolname = session_user)
  then
    raise insufficient_privilege
      using message = 'Direct deletion from storage tables is not allowed. Use the Storage API instead.';
  end if;
  return null;
end;
$$;

create trigger protect_buckets_delete before delete on storage.buckets
for each statement execute function storage.protect_delete();

create trigger protect_objects_delete before delete on storage.objects
for each statement execute function storage.protect_delete();
