import { readFileSync } from "node:fs";
import { getAuthSchemaSql, getStorageSchemaSql, SUPABASE_AUTH_HELPERS_SQL } from "@supabase/lite";
import type { Database } from "./database.ts";
import { messageOf, oneLine, StackError } from "./stack_error.ts";

export interface Machinery {
  // True where the server has the real extension in this very database.
  realCron: boolean;
  realNet: boolean;
}

// What Supabase brings before the first migration: roles, extensions, auth, storage, and the
// stand-ins of pg_cron and pg_net. Only what is missing is made, so any server will do.
export async function prepareDatabase(db: Database): Promise<Machinery> {
  try {
    if (await lacksRoles(db)) await db.exec(sqlFile("roles.sql"));
    await db.exec(sqlFile("extensions.sql"));
    await db.exec(sqlFile("realtime.sql"));
    if (db.embedded) await useSupabaseSearchPath(db);
    if (!(await exists(db, "to_regclass('auth.users')"))) {
      await db.exec(getAuthSchemaSql() + SUPABASE_AUTH_HELPERS_SQL);
    }
    if (!(await exists(db, "to_regclass('storage.objects')"))) {
      await db.exec(getStorageSchemaSql());
      await db.exec(sqlFile("api_grants.sql"));
    }
    const realCron = await hasExtension(db, "pg_cron");
    const realNet = await hasExtension(db, "pg_net");
    if (!(await exists(db, "to_regprocedure('cron.schedule(text, text, text)')"))) {
      await db.exec(sqlFile("cron.sql"));
    }
    if (
      !(await exists(db, "to_regprocedure('net.http_post(text, jsonb, jsonb, jsonb, integer)')"))
    ) {
      await db.exec(sqlFile("net.sql"));
    }
    if (!realNet) await refuseWithoutRights(db, "net.http_request_queue", "delete");
    if (!realCron) await refuseWithoutRights(db, "cron.job_run_details", "insert");
    return { realCron, realNet };
  } catch (error) {
    if (error instanceof StackError) throw error;
    const remedy = db.embedded
      ? "run with --reset, or free disk space"
      : "give --database a role that may create roles, schemas and extensions, or a server made ready with them";
    throw new StackError(
      `The database cannot be prepared (${oneLine(messageOf(error))}): ${remedy}.`,
      { cause: error },
    );
  }
}

// A server made ready by a superuser may refuse even a grant that changes nothing.
async function lacksRoles(db: Database): Promise<boolean> {
  const roles = ["anon", "authenticated", "service_role", "authenticator"];
  const rows = await db.query("select from pg_roles where rolname = any($1)", [roles]);
  return rows.length < roles.length;
}

// As on Supabase, extensions are found without their schema; PGlite has one session, so the
// database's setting alone would only count from the next start.
async function useSupabaseSearchPath(db: Database): Promise<void> {
  await db.exec(`
    alter database postgres set search_path = "$user", public, extensions;
    set search_path = "$user", public, extensions;
  `);
}

async function exists(db: Database, expression: string): Promise<boolean> {
  const [row] = await db.query<{ found: boolean }>(`select ${expression} is not null as found`);
  return row?.found ?? false;
}

// The stack does the stand-ins' work: it sends what is queued and runs what is due.
async function refuseWithoutRights(db: Database, table: string, right: string): Promise<void> {
  const [row] = await db.query<{ name: string; granted: boolean }>(
    "select current_user as name, has_table_privilege($1, $2) as granted",
    [table, right],
  );
  if (row?.granted) return;
  throw new StackError(
    `The role ${row?.name} may not ${right} in ${table}: give --database a superuser's URL.`,
  );
}

async function hasExtension(db: Database, name: string): Promise<boolean> {
  const rows = await db.query("select from pg_extension where extname = $1", [name]);
  return rows.length > 0;
}

export function sqlFile(name: string): string {
  return readFileSync(new URL(`./sql/${name}`, import.meta.url), "utf8");
}
