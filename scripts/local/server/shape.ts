import { readFile } from "node:fs/promises";
import pg from "pg";
import { type Server, ServerUnavailableError, urlOf, withClient } from "./types.ts";

const sqlFile = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), "utf8");

/** SQL of this folder, with the names and the password of this server in it. */
async function shapeSql(server: Server, path: string): Promise<string> {
  const password = decodeURIComponent(new URL(server.superuserUrl).password) || "postgres";
  const text = await sqlFile(path);
  return text
    .replaceAll("{{owner}}", server.owner)
    .replaceAll("{{password}}", () => pg.escapeLiteral(password));
}

/** The roles: once a server. */
export async function shapeCluster(server: Server): Promise<void> {
  const sql = await shapeSql(server, "./sql/roles.sql");
  await withClient(server.superuserUrl, (client) => client.query(sql));
  await withClient(urlOf(server, "postgres", server.owner), (client) =>
    client.query("select"),
  ).catch((error: Error) => {
    throw new ServerUnavailableError(
      `the role ${server.owner} cannot log in with the superuser's password (${error.message}); give both the same one`,
    );
  });
}

/**
 * Makes an empty database what a new Supabase project is: extensions, auth,
 * storage, pg_cron (or its stand-in, outside of pg_cron's one database) and the
 * stand-in of pg_net.
 */
export async function shapeDatabase(
  server: Server,
  database: string,
  cron: "real" | "stand-in",
): Promise<void> {
  const lite = await importLite();
  const parts = [
    await shapeSql(server, "./sql/database.sql"),
    lite.getAuthSchemaSql(),
    lite.SUPABASE_AUTH_HELPERS_SQL,
    await shapeSql(server, "./sql/auth.sql"),
    lite.getStorageSchemaSql(),
    await shapeSql(server, "./sql/storage.sql"),
    cron === "real" ? "create extension if not exists pg_cron;" : await sqlFile("../sql/cron.sql"),
    await shapeSql(server, `./sql/${cron === "real" ? "cron_rights" : "cron_stand_in_rights"}.sql`),
    await sqlFile("../sql/net.sql"),
    await shapeSql(server, "./sql/net_rights.sql"),
  ];
  await withClient(urlOf(server, database), async (client) => {
    for (const part of parts) {
      await client.query(part).catch((error: Error) => {
        throw new ServerUnavailableError(`${database} could not be shaped: ${error.message}`);
      });
    }
  });
}

/** supabase-js warns about Node 20 on every import; once a test run is already too often. */
async function importLite(): Promise<typeof import("@supabase/lite")> {
  const warn = console.warn;
  console.warn = () => {};
  try {
    return await import("@supabase/lite");
  } finally {
    console.warn = warn;
  }
}
