import type { Database } from "./database.ts";
import { messageOf, StackError } from "./stack_error.ts";

// What migrations and the stack make in a server's database; everything else there is not ours.
const SCHEMAS = ["private", "editor", "video", "social", "staging", "supabase_migrations"];

const LEFTOVERS = `
  do $$
  declare
    v_policy record;
  begin
    for v_policy in
      select p.policyname, p.schemaname, p.tablename
      from pg_policies as p
      where p.schemaname = 'storage' and p.policyname like 'Tallybase: %'
    loop
      execute format(
        'drop policy %I on %I.%I', v_policy.policyname, v_policy.schemaname, v_policy.tablename
      );
    end loop;
    if to_regclass('storage.objects') is not null then
      -- Supabase's guard against rows deleted while their files stay; ours go too.
      perform set_config('storage.allow_delete_query', 'true', true);
      delete from storage.objects;
      delete from storage.buckets;
    end if;
    if to_regclass('auth.users') is not null then
      delete from auth.users;
    end if;
    if to_regclass('cron.job') is not null then
      -- Ours call functions of the schema private.
      perform cron.unschedule(j.jobname)
      from cron.job as j
      where j.jobname is not null
        and j.database = current_database()
        and j.command like '%private.%';
    end if;
    if to_regclass('net.http_request_queue') is not null then
      delete from net.http_request_queue;
    end if;
  end;
  $$;
`;

// What a reset would take that a stack did not put there.
const USER_DATA = `
  select exists (
    select from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname = any ($1)
      and c.relkind in ('r', 'p', 'f', 'v', 'm')
      and not exists (
        select from pg_depend as d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
      )
  ) as found
`;

// `baseline` is the version of our first migration.
export async function resetServer(db: Database, baseline: string | undefined): Promise<void> {
  if (!((await isOurs(db, baseline)) || (await isEmpty(db)))) {
    throw new StackError(
      "The database of --database has tables or users of something else, so --reset leaves it alone: name an empty database, or one that ./scripts/start made.",
    );
  }
  try {
    await db.transaction(async (_query, exec) => {
      for (const schema of SCHEMAS) await exec(`drop schema if exists ${schema} cascade`);
      await exec("drop schema if exists public cascade; create schema public");
      await exec(LEFTOVERS);
    });
  } catch (error) {
    throw new StackError(
      `The database cannot be emptied (${messageOf(error)}): make a new one and name it in --database.`,
      { cause: error },
    );
  }
}

async function isOurs(db: Database, baseline: string | undefined): Promise<boolean> {
  if (!baseline || !(await exists(db, "supabase_migrations.schema_migrations"))) return false;
  const rows = await db.query(
    "select from supabase_migrations.schema_migrations where version = $1",
    [baseline],
  );
  return rows.length > 0;
}

async function isEmpty(db: Database): Promise<boolean> {
  const schemas = ["public", ...SCHEMAS.filter((name) => name !== "supabase_migrations")];
  const [tables] = await db.query<{ found: boolean }>(USER_DATA, [schemas]);
  if (tables?.found) return false;
  for (const table of ["auth.users", "storage.objects"]) {
    if (!(await exists(db, table))) continue;
    if ((await db.query(`select from ${table} limit 1`)).length > 0) return false;
  }
  return true;
}

async function exists(db: Database, table: string): Promise<boolean> {
  const [row] = await db.query<{ found: boolean }>("select to_regclass($1) is not null as found", [
    table,
  ]);
  return row?.found ?? false;
}
