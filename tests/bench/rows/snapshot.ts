import pg from "pg";
import { ask, type Database, withTallybase } from "../lib/databases.ts";
import { emptyQueue, makeJobType, makeUsers, NOOP } from "../lib/fixtures.ts";
import { runClient } from "../lib/node_client.ts";
import { perSecond, ratioOf } from "../lib/stats.ts";
import { type Bench, CLIENTS, type Figure, type Row, type RowResult } from "../lib/types.ts";
import { drainRate } from "./job_throughput.ts";

const RATE = 2_000;
const BATCH = 100;

type Steady = { enqueued: number; completed: number; deadlocks: number; perSecond: number };
type Rates = { single: number[]; batched: number[] };

export const snapshot: Row = {
  name: "snapshot",
  title: "Claims with a snapshot held",
  method: `An idle transaction (repeatable read) holds its snapshot while ${RATE.toLocaleString("en-US")} jobs a second are enqueued, claimed and completed (in batches) for ten minutes over 1,000 users, and for three minutes for one user. Then, with the snapshot still held, jobs are claimed and completed as fast as ${CLIENTS} loops can, against the same before the snapshot was taken; each rate is the median of three runs over 10,000 queued jobs or 10 s.`,
  async run(bench) {
    const many = await measure(bench, 1_000, bench.pick(600, 30));
    const one = await measure(bench, 1, bench.pick(180, 15));
    return { figures: [...many.figures, ...one.figures], notes: [...many.notes, ...one.notes] };
  },
};

function measure(bench: Bench, users: number, seconds: number): Promise<RowResult> {
  const who = users === 1 ? "one user" : `${users.toLocaleString("en-US")} users`;
  return withTallybase(bench, `snapshot_${users}`, async (database) => {
    await makeUsers(database, users);
    await makeJobType(database, users === 1 ? 10_000 : 100);
    const before = await rates(bench, database, users);
    bench.log(
      `  ${who}, before: ${perSecond(before.single)}, batched ${perSecond(before.batched)}`,
    );
    await emptyQueue(database);

    const holder = new pg.Client({ connectionString: database.url });
    holder.on("error", () => {});
    await holder.connect();
    await holder.query("begin isolation level repeatable read");
    await holder.query("select count(*) from public.jobs");
    try {
      const steady = await runClient<Steady>("steady", {
        url: database.url,
        type: NOOP,
        users,
        rate: RATE,
        seconds,
        workers: 4,
      });
      const kept = Math.round(steady.perSecond).toLocaleString("en-US");
      bench.log(`  ${who}, ${seconds} s with the snapshot: ${kept} jobs/s`);
      const held = await rates(bench, database, users);
      bench.log(`  ${who}, held: ${perSecond(held.single)}, batched ${perSecond(held.batched)}`);
      const shown = (way: "single" | "batched", measured: string, goal: boolean): Figure => ({
        measured,
        against: "before the snapshot",
        ...ratioOf(held[way], before[way]),
        ...(goal && { goal: { least: 0.95, text: ">= 0.95" } }),
        absolute: `${perSecond(held[way])} : ${perSecond(before[way])}`,
      });
      return {
        figures: [
          shown(
            "single",
            `claims (one by one) with a snapshot held ${seconds / 60} minutes, ${who}`,
            users > 1,
          ),
          shown("batched", `the same, claims of ${BATCH}, ${who}`, false),
        ],
        notes: [
          `${who}: under the snapshot ${kept} jobs a second were completed, ${(steady.enqueued - steady.completed).toLocaleString("en-US")} of ${steady.enqueued.toLocaleString("en-US")} were left at the end, ${steady.deadlocks} deadlocks.`,
          await deadRows(database, who),
        ],
      };
    } finally {
      await holder.end();
    }
  });
}

async function rates(bench: Bench, database: Database, users: number): Promise<Rates> {
  const got: Rates = { single: [], batched: [] };
  const run = (batch: number) =>
    drainRate(database, {
      jobs: bench.pick(10_000, 3_000),
      users,
      batch,
      seconds: bench.pick(10, 3),
    });
  for (let round = 0; round < 3; round++) {
    got.single.push(await run(1));
    got.batched.push(await run(BATCH));
  }
  return got;
}

/** What the snapshot keeps from being removed, and what a claim reads because of it. */
async function deadRows(database: Database, who: string): Promise<string> {
  const tables = await ask<{ name: string; dead: string; size: string }>(
    database,
    `select s.relname as name, to_char(s.n_dead_tup, 'FM999,999,999') as dead,
       pg_size_pretty(pg_total_relation_size(s.relid)) as size
     from pg_stat_user_tables as s where s.relname in ('jobs', 'job_lanes') order by 1`,
  );
  const plan = await ask<{ "QUERY PLAN": string }>(
    database,
    `explain (analyze, buffers, timing off)
     select l.user_id from private.job_lanes as l
     where l.type = '${NOOP}' and l.ready and l.running < 100 and l.next_at <= now()
     order by l.running, l.next_at limit 20`,
  );
  const buffers = plan.map((row) => row["QUERY PLAN"]).find((line) => /Buffers/.test(line));
  const list = tables.map(({ name, dead, size }) => `${name} ${dead} dead rows (${size})`);
  return `${who}: kept by the snapshot: ${list.join(", ")}; finding the next lanes reads ${buffers?.trim() ?? "?"}.`;
}
