import { BIN, ensureChroot } from "../../../scripts/local/server/debian/chroot.ts";
import { commandExists, type RunOptions, run } from "../../../scripts/local/server/processes.ts";
import type { Database } from "./databases.ts";
import { type Bench, CLIENTS, NotRun } from "./types.ts";

export type Protocol = "simple" | "prepared";

export type PgbenchOptions = {
  /** A script, or options that choose a built-in one. */
  script: string | string[];
  seconds: number;
  protocol?: Protocol;
  clients?: number;
  /** The role of the calls; the owner of the database unless told otherwise. */
  role?: "service_role" | "authenticated";
  /** The user who is signed in: the claims of every call. */
  sub?: string;
};

export type PgbenchResult = { tps: number; failed: number; deadlocks: number };

export async function pgbench(
  bench: Bench,
  database: Database,
  options: PgbenchOptions,
): Promise<PgbenchResult> {
  const clients = options.clients ?? CLIENTS;
  const { stdout, stderr } = await runPgbench(
    bench,
    database,
    [
      ...["-n", "-c", String(clients), "-j", String(Math.min(clients, 2))],
      ...["-T", String(options.seconds), "-M", options.protocol ?? "prepared"],
      "--failures-detailed",
      ...(Array.isArray(options.script) ? options.script : ["-f", "-"]),
    ],
    {
      ...(typeof options.script === "string" && { input: options.script }),
      timeoutSeconds: options.seconds + 120,
    },
    sessionOptions(options),
  );
  // A client that met an error it could not go on from has left the run: the number is worthless.
  if (/aborted/.test(stderr)) throw new Error(`pgbench: ${stderr.trim().split("\n")[0]}`);
  return {
    tps: numberIn(stdout, /tps = ([\d.]+)/),
    failed: numberIn(stdout, /number of failed transactions: (\d+)/),
    deadlocks: numberIn(stdout, /number of deadlock failures: (\d+)/),
  };
}

function sessionOptions({ role, sub }: PgbenchOptions): string {
  // Without white space, which would part the options.
  const claims = sub && JSON.stringify({ sub, role });
  return [role && `-c role=${role}`, claims && `-c request.jwt.claims=${claims}`]
    .filter(Boolean)
    .join(" ");
}

/** The tables of pgbench's own scripts. */
export async function pgbenchInit(bench: Bench, database: Database, scale: number): Promise<void> {
  await runPgbench(bench, database, ["-i", "-q", "-s", String(scale)], { timeoutSeconds: 600 });
}

function numberIn(text: string, pattern: RegExp): number {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`pgbench did not say ${pattern}: ${text}`);
  return Number(found);
}

async function runPgbench(
  bench: Bench,
  database: Database,
  args: string[],
  options: RunOptions,
  pgOptions = "",
) {
  const url = new URL(database.url);
  const env = {
    PATH: process.env.PATH,
    LANG: "C.UTF-8",
    PGHOST: url.hostname,
    PGPORT: url.port,
    PGUSER: decodeURIComponent(url.username),
    PGPASSWORD: decodeURIComponent(url.password),
    PGDATABASE: database.name,
    ...(pgOptions && { PGOPTIONS: pgOptions }),
  };
  const [command, ...before] = await pgbenchCommand(bench);
  return run(command, [...before, ...args], { ...options, env });
}

/** The one beside our server, else the one on the PATH. */
async function pgbenchCommand({ server }: Bench): Promise<[string, ...string[]]> {
  if (server.kind === "debian") {
    const root = await ensureChroot(() => {});
    return ["chroot", "--userspec=postgres:postgres", root, `${BIN}/pgbench`];
  }
  if (await commandExists("pgbench")) return ["pgbench"];
  throw new NotRun("pgbench is not on the PATH");
}
