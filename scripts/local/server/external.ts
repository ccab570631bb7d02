import { randomBytes } from "node:crypto";
import { onEnd } from "./cleanup.ts";
import { dropDatabasesOf } from "./databases.ts";
import { type RunningServer, ServerUnavailableError, withClient } from "./types.ts";

/**
 * A server that is already there. It is asked for little: a superuser, and the
 * extensions. Where its `postgres` is a superuser, which on Supabase it is not,
 * the databases belong to a role `tallybase_owner` in its place: a right that
 * only a superuser has must fail here as it would there.
 */
export async function externalServer(url: string): Promise<RunningServer> {
  const superuserUrl = atPostgres(url);
  const found = await withClient(superuserUrl, async (client) => {
    const { rows } = await client.query<{ superuser: boolean; version: number; shaped: boolean }>(`
      select
        (select r.rolsuper from pg_roles as r where r.rolname = current_user) as superuser,
        current_setting('server_version_num')::integer / 10000 as version,
        coalesce((select not r.rolsuper from pg_roles as r where r.rolname = 'postgres'), true) as shaped
    `);
    return rows[0];
  }).catch((error: Error) => {
    throw new ServerUnavailableError(
      `the server of DATABASE_URL does not answer: ${error.message}`,
    );
  });
  if (!found?.superuser) {
    throw new ServerUnavailableError(
      "DATABASE_URL must name a superuser (supabase_admin on a Supabase image): the tests create roles and extensions",
    );
  }
  if (found.version < 17) {
    throw new ServerUnavailableError(`DATABASE_URL is PostgreSQL ${found.version}; 17 is needed`);
  }
  const prefix = `tallybase_${randomBytes(3).toString("hex")}`;
  const server = {
    kind: "external" as const,
    superuserUrl,
    owner: found.shaped ? "postgres" : "tallybase_owner",
    prefix,
  };
  const stop = async (): Promise<void> => {
    await dropDatabasesOf(server).catch(() => {});
    forget();
  };
  const forget = onEnd({ stop, stopNow: () => {} });
  return { ...server, stop };
}

function atPostgres(url: string): string {
  try {
    const parsed = new URL(url);
    parsed.pathname = "/postgres";
    return parsed.href;
  } catch {
    throw new ServerUnavailableError(
      "DATABASE_URL is not a URL; it looks like postgresql://user:password@host:5432/postgres",
    );
  }
}
