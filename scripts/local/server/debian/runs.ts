import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { processCommand, processIdentity, run, signal, sleep } from "../processes.ts";

/** The folder of one server's data, inside the chroot, with the name of the process that owns it. */
export type Run = { id: string; root: string; outside: string; inside: string };

const PARENT = "/var/lib/tallybase";

export async function createRun(root: string): Promise<Run> {
  await sweep(root);
  const id = `${process.pid}-${randomBytes(4).toString("hex")}`;
  const inside = `${PARENT}/${id}`;
  const outside = join(root, inside);
  await mkdir(outside, { recursive: true });
  await writeFile(join(outside, "owner"), processIdentity(process.pid) ?? "");
  await run("chroot", [root, "chown", "postgres:postgres", inside]);
  return { id, root, outside, inside };
}

export function removeRun(each: Run): void {
  rmSync(each.outside, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** The server's process of a run, or null: a pid file alone proves nothing, the process must name our folder. */
export function postmasterOf(each: Pick<Run, "outside" | "inside">): number | null {
  try {
    const text = readFileSync(join(each.outside, "data", "postmaster.pid"), "utf8");
    const pid = Number(text.split("\n")[0]);
    return processCommand(pid).includes(`${each.inside}/data`) ? pid : null;
  } catch {
    return null;
  }
}

/** Stops and removes what a killed run left behind. */
async function sweep(root: string): Promise<void> {
  const parent = join(root, PARENT);
  if (!existsSync(parent)) return;
  for (const id of readdirSync(parent)) {
    const stale = { id, root, outside: join(parent, id), inside: `${PARENT}/${id}` };
    if (ownerLives(stale)) continue;
    const pid = postmasterOf(stale);
    if (pid !== null) {
      signal(pid, "SIGQUIT");
      for (let waited = 0; waited < 50 && postmasterOf(stale) !== null; waited++) await sleep(100);
    }
    removeRun(stale);
  }
}

function ownerLives(each: Run): boolean {
  try {
    const owner = readFileSync(join(each.outside, "owner"), "utf8");
    const pid = Number(owner.split("@")[0]);
    return owner !== "" && processIdentity(pid) === owner;
  } catch {
    // Between mkdir and writeFile of another run: its id still names a living process.
    return processIdentity(Number(each.id.split("-")[0])) !== null;
  }
}
