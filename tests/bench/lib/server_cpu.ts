import { readdirSync, readFileSync } from "node:fs";
import { withClient } from "../../../scripts/local/server/types.ts";
import type { Bench } from "./types.ts";

// Linux counts in hundredths of a second, whatever the kernel's own clock.
const TICK_MS = 10;

/**
 * The CPU time of all processes of the server so far, in ms: sessions, WAL writer, autovacuum, also
 * of those that ended. Undefined where they are not processes of this machine.
 */
export async function watchServerCpu({ server }: Bench): Promise<(() => number) | undefined> {
  const postmaster = await withClient(server.superuserUrl, async (client) => {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    return statOf(rows[0]?.pid ?? 0)?.parent;
  });
  const first = postmaster === undefined ? undefined : statOf(postmaster);
  if (!first?.name.startsWith("postgres")) return undefined;
  return () => {
    let ticks = 0;
    for (const entry of readdirSync("/proc")) {
      const stat = /^\d+$/.test(entry) ? statOf(Number(entry)) : undefined;
      if (!stat) continue;
      if (stat.pid === postmaster) ticks += stat.own + stat.ended;
      else if (stat.parent === postmaster) ticks += stat.own;
    }
    return ticks * TICK_MS;
  };
}

type Stat = { pid: number; name: string; parent: number; own: number; ended: number };

function statOf(pid: number): Stat | undefined {
  try {
    const [, name = "", rest = ""] =
      /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    const fields = rest.split(" ").map(Number);
    const sum = (from: number) => (fields[from] ?? 0) + (fields[from + 1] ?? 0);
    return { pid, name, parent: fields[1] ?? 0, own: sum(11), ended: sum(13) };
  } catch {
    // It ended meanwhile: its parent has its time.
    return undefined;
  }
}
