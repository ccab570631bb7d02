import pg from "pg";

/** Where a PostgreSQL server in Supabase's shape answers, and as whom. */
export type Server = {
  kind: "external" | "docker" | "debian" | "inherited";
  /** A superuser, in the database `postgres`. */
  superuserUrl: string;
  /** The role that owns the databases and runs migrations; not a superuser. `postgres`, as on Supabase. */
  owner: string;
  /** Databases made for this run start with it, so that a shared server can be swept. */
  prefix: string;
};

export type RunningServer = Server & {
  /** Stops what `ensureServer` started; on a server that was already there it drops the databases of this run. */
  stop: () => Promise<void>;
  /** Only where we run the process ourselves: `kill -9` of every process of the server, and a start after it. */
  crash?: () => Promise<void>;
  start?: () => Promise<void>;
};

export type ServerOptions = {
  /** True: fsync and full-page writes stay on, as in production (benchmarks). */
  durable?: boolean;
  /** True: a server of its own, even when another one of this run could be used (crash tests). */
  own?: boolean;
  /** More settings of postgresql.conf. */
  settings?: Record<string, string>;
};

/** One way of getting a server is closed; the message is a sentence that says why. */
export class ServerUnavailableError extends Error {
  override name = "ServerUnavailableError";
}

/** The same server, another database or role. All roles of a run share one password. */
export function urlOf(server: Server, database: string, role?: string): string {
  const url = new URL(server.superuserUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  if (role !== undefined) url.username = encodeURIComponent(role);
  return url.href;
}

export async function withClient<T>(
  url: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // An error on an idle connection (the server was killed) must not end the process.
  client.on("error", () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}
