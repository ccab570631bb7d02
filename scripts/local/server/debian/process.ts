import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { signal, sleep } from "../processes.ts";
import { ServerUnavailableError, withClient } from "../types.ts";
import { BIN } from "./chroot.ts";
import type { Run } from "./runs.ts";

/** What the server gets of our environment: nothing of ours. */
export const ENV = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LANG: "C.UTF-8", TZ: "UTC" };

/** Arguments of chroot(8) that run a command of the chroot as its postgres user. */
export const asPostgres = (root: string, ...command: string[]): string[] => [
  "--userspec=postgres:postgres",
  root,
  ...command,
];

/**
 * Starts the server as our child, not through pg_ctl: pg_ctl would detach it,
 * and a killed test run would leave it behind. setpriv makes the kernel send
 * SIGINT (fast shutdown) to the server when this process dies, however it dies.
 */
export async function startPostgres(
  run: Run,
  url: string,
  settings: Record<string, string>,
): Promise<ChildProcess> {
  const path = join(run.outside, "postgres.log");
  const log = openSync(path, "a");
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const command = ["/usr/bin/setpriv", "--pdeathsig", "INT", `${BIN}/postgres`];
  const child = spawn(
    "chroot",
    asPostgres(run.root, ...command, "-D", `${run.inside}/data`, ...flags),
    // Its own process group: Ctrl-C in the terminal reaches us, and we stop it in order.
    {
      stdio: ["ignore", log, log],
      detached: true,
      env: { ...ENV, PGPASSFILE: `${run.inside}/pgpass` },
    },
  );
  closeSync(log);
  child.on("error", (error) => appendFileSync(path, error.message));
  child.unref();
  await untilReady(child, run, url);
  return child;
}

async function untilReady(child: ChildProcess, run: Run, url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (child.pid === undefined || hasEnded(child)) {
      throw new ServerUnavailableError(`PostgreSQL did not start: ${logTail(run)}`);
    }
    const answers = await withClient(url, (client) => client.query("select")).then(
      () => true,
      () => false,
    );
    if (answers) return;
    if (Date.now() > deadline) {
      signal(child.pid ?? 0, "SIGQUIT");
      throw new ServerUnavailableError(`PostgreSQL was not ready in 60 s: ${logTail(run)}`);
    }
    await sleep(50);
  }
}

export function logTail(run: Run): string {
  try {
    return readFileSync(join(run.outside, "postgres.log"), "utf8")
      .trim()
      .split("\n")
      .slice(-5)
      .join("\n");
  } catch {
    return "no log";
  }
}

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;

/** Fast shutdown, and immediate shutdown when that takes longer than ten seconds. */
export async function stopPostgres(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.ref();
  signal(child.pid ?? 0, "SIGINT");
  const impatience = setTimeout(() => signal(child.pid ?? 0, "SIGQUIT"), 10_000);
  await ended;
  clearTimeout(impatience);
}
