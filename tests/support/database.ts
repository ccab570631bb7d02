import { randomBytes } from "node:crypto";
import pg from "pg";
import { createDatabase, dropDatabase } from "../../scripts/local/server/databases.ts";
import { serverFromEnv } from "../../scripts/local/server/index.ts";
import type { TemplateOptions } from "../../scripts/local/server/template.ts";
import { type Server, urlOf } from "../../scripts/local/server/types.ts";

export type FreshDatabase = {
  /** As `postgres`, which owns the database and is not a superuser. */
  url: string;
  superuserUrl: string;
  /** One statement as `postgres`, and its rows. */
  query: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** A session of its own, as `postgres` unless told otherwise; closed with the database. */
  connect: (role?: string) => Promise<pg.Client>;
  close: () => Promise<void>;
};

export function testServer(): Server {
  const server = serverFromEnv();
  if (!server) throw new Error("this suite needs a server: run it through scripts/test");
  return server;
}

/** A database of the test's own, with the migrations applied: a copy of a template, in some 50 ms. */
export async function freshDatabase(options: TemplateOptions = {}): Promise<FreshDatabase> {
  const server = testServer();
  return openDatabase(server, `${server.prefix}_t_${randomBytes(5).toString("hex")}`, options);
}

/** The same on a server that the test started itself (to kill it, say). */
export async function openDatabase(
  server: Server,
  name: string,
  options: TemplateOptions = {},
): Promise<FreshDatabase> {
  const { url, superuserUrl } = await createDatabase(server, name, options);
  const clients: pg.Client[] = [];
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on("error", () => {});
  return {
    url,
    superuserUrl,
    query: async <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
      (await pool.query<Row>(text, values)).rows,
    connect: async (role) => {
      const client = new pg.Client({
        connectionString: role ? urlOf(server, name, role) : url,
        connectionTimeoutMillis: 10_000,
      });
      client.on("error", () => {});
      await client.connect();
      clients.push(client);
      return client;
    },
    close: async () => {
      await Promise.allSettled([pool.end(), ...clients.map((client) => client.end())]);
      await dropDatabase(server, name);
    },
  };
}

export type ApiRole = "anon" | "authenticated" | "service_role";

/** The session goes on as PostgREST would run it for this user: role and claims. */
export async function asUser(
  client: pg.ClientBase,
  userId: string | null,
  role: ApiRole = "authenticated",
): Promise<void> {
  const claims = JSON.stringify({ ...(userId ? { sub: userId } : {}), role });
  await client.query(
    "select set_config('role', $1, false), set_config('request.jwt.claims', $2, false)",
    [role, claims],
  );
}

/** Back to `postgres`. */
export async function asOwner(client: pg.ClientBase): Promise<void> {
  await client.query(
    "select set_config('role', 'none', false), set_config('request.jwt.claims', '', false)",
  );
}

/** Signs a user up as Supabase's auth service does; gives the id. */
export async function createUser(database: FreshDatabase, email?: string): Promise<string> {
  const address = email ?? `${randomBytes(6).toString("hex")}@example.com`;
  const rows = await database.query<{ id: string }>("select tests.create_user($1) as id", [
    address,
  ]);
  return rows[0]?.id ?? "";
}
