import { debianServer } from "./debian/index.ts";
import { dockerAnswers, dockerServer } from "./docker.ts";
import { externalServer } from "./external.ts";
import { shapeCluster } from "./shape.ts";
import {
  type RunningServer,
  type Server,
  type ServerOptions,
  ServerUnavailableError,
} from "./types.ts";

export { createDatabase, dropDatabase } from "./databases.ts";
export { CRON_DATABASE, migrateCronDatabase } from "./template.ts";
export type { RunningServer, Server, ServerOptions } from "./types.ts";
export { ServerUnavailableError, urlOf, withClient } from "./types.ts";

export const NO_SERVER =
  "no PostgreSQL 17 can be had here: set DATABASE_URL to a superuser of one (with pg_cron, pgvector and pgTAP), start Docker, or run as root on a Debian or Ubuntu; until then the suites db, db-legacy and races, and the database checks, cannot run";

/**
 * A running PostgreSQL 17 in Supabase's shape: the one a parent process already
 * started, else DATABASE_URL, else Docker, else a Debian chroot.
 */
export async function ensureServer(
  options: ServerOptions = {},
  log: (line: string) => void = (line) => console.error(line),
): Promise<RunningServer> {
  const inherited = options.own ? undefined : serverFromEnv();
  if (inherited) return { ...inherited, stop: async () => {} };
  const server = await getServer(options, log);
  try {
    await shapeCluster(server);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

async function getServer(
  options: ServerOptions,
  log: (line: string) => void,
): Promise<RunningServer> {
  if (process.env.DATABASE_URL && !options.own) return externalServer(process.env.DATABASE_URL);
  const reasons: string[] = [];
  const ways = [
    async () => ((await dockerAnswers()) ? dockerServer(options, log) : undefined),
    () => debianServer(options, log),
  ];
  for (const way of ways) {
    try {
      const server = await way();
      if (server) return server;
    } catch (error) {
      if (!(error instanceof ServerUnavailableError)) throw error;
      reasons.push(error.message);
    }
  }
  throw new ServerUnavailableError(`${NO_SERVER} (${reasons.join("; ")})`);
}

/** What a process that has a server hands to its children. */
export function serverEnv(server: Server): Record<string, string> {
  return {
    TALLYBASE_SERVER_URL: server.superuserUrl,
    TALLYBASE_SERVER_OWNER: server.owner,
    TALLYBASE_SERVER_PREFIX: server.prefix,
  };
}

export function serverFromEnv(): Server | undefined {
  const superuserUrl = process.env.TALLYBASE_SERVER_URL;
  if (!superuserUrl) return undefined;
  return {
    kind: "inherited",
    superuserUrl,
    owner: process.env.TALLYBASE_SERVER_OWNER || "postgres",
    prefix: process.env.TALLYBASE_SERVER_PREFIX || "tallybase",
  };
}
