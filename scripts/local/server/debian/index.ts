import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onEnd } from "../cleanup.ts";
import { childrenOf, freePort, isRunning, run as runCommand, signal, sleep } from "../processes.ts";
import type { RunningServer, ServerOptions } from "../types.ts";
import { BIN, ensureChroot } from "./chroot.ts";
import { asPostgres, ENV, startPostgres, stopPostgres } from "./process.ts";
import { createRun, type Run, removeRun } from "./runs.ts";

const SUPERUSER = "supabase_admin";

function settingsOf(options: ServerOptions, port: number): Record<string, string> {
  const fast = { fsync: "off", full_page_writes: "off" };
  return {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    // A chroot has no tmpfs at /dev/shm; this kind needs no file.
    dynamic_shared_memory_type: "sysv",
    shared_preload_libraries: "pg_cron",
    "cron.database_name": "postgres",
    "cron.host": "127.0.0.1",
    max_connections: "200",
    shared_buffers: "256MB",
    max_wal_size: "2GB",
    jit: "off",
    ...(options.durable ? {} : fast),
    ...options.settings,
  };
}

/** A PostgreSQL 17 of our own, in a Debian chroot, on a free port of the loopback. */
export async function debianServer(
  options: ServerOptions,
  log: (line: string) => void,
): Promise<RunningServer> {
  const root = await ensureChroot(log);
  const run = await createRun(root);
  const password = randomBytes(12).toString("hex");
  const port = await freePort();
  const settings = settingsOf(options, port);
  const superuserUrl = `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres?sslmode=disable`;

  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = await startPostgres(run, superuserUrl, settings);
  };
  const stop = async (): Promise<void> => {
    if (child) await stopPostgres(child);
    removeRun(run);
    forget();
  };
  const forget = onEnd({ stop, stopNow: () => stopNow(run, child) });
  try {
    await initialise(run, password);
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    kind: "debian",
    superuserUrl,
    owner: "postgres",
    prefix: "tallybase",
    stop,
    start,
    crash: () => crash(child),
  };
}

async function initialise(run: Run, password: string): Promise<void> {
  // pg_cron connects through libpq: without this file its jobs could not log in.
  await writeFile(join(run.outside, "pgpass"), `*:*:*:*:${password}\n`, { mode: 0o600 });
  await writeFile(join(run.outside, "password"), password, { mode: 0o600 });
  const files = [`${run.inside}/pgpass`, `${run.inside}/password`];
  await runCommand("chroot", [run.root, "chown", "postgres:postgres", ...files]);
  await runCommand(
    "chroot",
    asPostgres(
      run.root,
      ...[`${BIN}/initdb`, "-D", `${run.inside}/data`, "-U", SUPERUSER],
      ...["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"],
      ...["--auth=scram-sha-256", `--pwfile=${run.inside}/password`],
    ),
    { env: ENV },
  );
}

/** kill -9 of the server and of every process of it, as when a machine loses its power. */
async function crash(child: ChildProcess | undefined): Promise<void> {
  const postmaster = child?.pid;
  if (!child || postmaster === undefined || child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const backends = childrenOf(postmaster);
  child.ref();
  signal(postmaster, "SIGKILL");
  for (const pid of backends) signal(pid, "SIGKILL");
  await ended;
  while (backends.some(isRunning)) await sleep(20);
}

function stopNow(run: Run, child: ChildProcess | undefined): void {
  if (child?.pid !== undefined && isRunning(child.pid)) {
    signal(child.pid, "SIGQUIT");
    const pause = new Int32Array(new SharedArrayBuffer(4));
    for (let waited = 0; waited < 100 && isRunning(child.pid); waited++) {
      Atomics.wait(pause, 0, 0, 50);
    }
  }
  removeRun(run);
}
