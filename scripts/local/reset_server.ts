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
      perform cron.unschedule(j.jobname) from cron.job as j where j.jobname is not null;
    end if;
    if to_regclass('net.http_request_queue') is not null then
      delete from net.http_request_queue;
    end if;
  end;
  $$;
`;

export async function resetServer(db: Database): Promise<void> {
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
