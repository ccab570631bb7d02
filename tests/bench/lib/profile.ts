import { withClient } from "../../../scripts/local/server/types.ts";
import { ask, type Database, prepare } from "./databases.ts";
import type { Bench, Figure } from "./types.ts";

export const isMet = ({ goal, value }: Figure): boolean | undefined =>
  goal && value >= (goal.least ?? -Infinity) && value <= (goal.most ?? Infinity);

/** What holds a figure that missed its goal. */
export async function whatHoldsIt(
  bench: Bench,
  database: Database,
  figures: Figure[],
  load: () => Promise<unknown>,
): Promise<string[]> {
  if (figures.every((figure) => isMet(figure) !== false)) return [];
  return profileOf(bench, database, load);
}

/** Runs a load once more, not timed: where its sessions waited and which functions took the time. */
export async function profileOf(
  bench: Bench,
  database: Database,
  load: () => Promise<unknown>,
): Promise<string[]> {
  const name = `"${database.name}"`;
  await prepare(
    database,
    `alter database ${name} set track_functions = 'all'`,
    "select pg_stat_reset()",
  );
  const waits = new Map<string, number>();
  let samples = 0;
  let done = false;
  const watching = withClient(bench.server.superuserUrl, async (client) => {
    while (!done) {
      const { rows } = await client.query<{ event: string }>(
        `select coalesce(a.wait_event_type || ' ' || a.wait_event, 'on the CPU') as event
         from pg_stat_activity as a where a.datname = $1 and a.state = 'active'`,
        [database.name],
      );
      for (const { event } of rows) waits.set(event, (waits.get(event) ?? 0) + 1);
      samples += rows.length;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
  try {
    await load();
  } finally {
    done = true;
    await watching;
  }
  const functions = await ask<{ name: string; calls: string; self: number }>(
    database,
    `select f.schemaname || '.' || f.funcname as name, f.calls::text as calls,
       round((1000 * f.self_time / f.calls)::numeric, 1)::float8 as self
     from pg_stat_user_functions as f where f.calls > 0 order by f.self_time desc limit 6`,
  );
  await prepare(database, `alter database ${name} reset track_functions`);
  const share = [...waits]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 5)
    .map(([event, count]) => `${event} ${Math.round((100 * count) / samples)}%`);
  return [
    `Its active sessions were: ${share.join(", ")}.`,
    `Own time of its functions a call, with everything contended: ${functions
      .map(({ name: each, self }) => `${each} ${self} µs`)
      .join(", ")}.`,
  ];
}
