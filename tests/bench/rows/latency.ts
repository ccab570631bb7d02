import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../../scripts/db/config.ts";
import { sleep } from "../../../scripts/local/server/processes.ts";
import { withClient } from "../../../scripts/local/server/types.ts";
import { startStack } from "../../../scripts/local/stack.ts";
import { ask, type Database, prepare, withTallybase } from "../lib/databases.ts";
import { makeJobType, makeUsers, NOOP } from "../lib/fixtures.ts";
import { runClient } from "../lib/node_client.ts";
import { quantile } from "../lib/stats.ts";
import type { Bench, Figure, Row } from "../lib/types.ts";

const WARM_UP = 10;

export const latency: Row = {
  name: "latency",
  title: "Enqueue to claimed by the worker",
  method:
    "Single jobs of an idle system, one every 50 to 150 ms, from the enqueue's commit until the worker has claimed it. With the local stack on the bench's server: commit, pg_net's stand-in, gateway, worker function in Deno, REST, claim (until its transaction begins). Beside it a stand-in of the worker without HTTP, which looks for rings every 25 ms. Without the doorbell a job waits for the next tick of cron.",
  async run(bench) {
    const jobs = bench.pick(200, 30);
    const figures: Figure[] = [];
    const notes: string[] = [];
    await withTallybase(bench, "latency_stack", async (database) => {
      figures.push(
        ...figuresOf("the stack's worker function", await throughStack(database, jobs), true),
      );
    }).catch((error: unknown) => {
      notes.push(
        `The stack could not be measured: ${error instanceof Error ? error.message : error}`,
      );
    });
    await withTallybase(bench, "latency", async (database) => {
      const { latencies, lost } = await throughStandIn(database, jobs);
      figures.push(...figuresOf("a stand-in of it", latencies, false));
      if (lost > 0)
        notes.push(`${lost} jobs of the stand-in were not claimed within half a second.`);
      const [cron] = await ask<{ schedule: string }>(
        database,
        "select schedule from cron.job where jobname = 'jobs: dispatch'",
      );
      notes.push(`Without the doorbell the bound is cron's period, ${cron?.schedule}.`);
    });
    logFigures(bench, figures);
    return { figures, notes };
  },
};

function figuresOf(worker: string, latencies: number[], goal: boolean): Figure[] {
  const absolute = `${latencies.length} jobs, highest ${Math.round(Math.max(...latencies))} ms`;
  const figure = (q: number, name: string): Figure => ({
    measured: `enqueue to claimed by ${worker}, ${name}`,
    against: "",
    value: quantile(latencies, q),
    unit: "ms",
    absolute,
  });
  return [
    { ...figure(0.5, "p50"), ...(goal && { goal: { most: 50, text: "<= 50 ms" } }) },
    figure(0.99, "p99"),
  ];
}

function logFigures(bench: Bench, figures: Figure[]): void {
  for (const { measured, value } of figures) bench.log(`  ${measured}: ${Math.round(value)} ms`);
}

async function throughStandIn(database: Database, jobs: number) {
  await makeUsers(database, 1);
  await makeJobType(database, 100);
  await prepare(
    database,
    "select private.set_setting('worker_secret', 'a secret of the bench')",
    "select private.set_setting('functions_url', 'http://127.0.0.1:1/functions/v1')",
  );
  return runClient<{ latencies: number[]; lost: number }>("doorbell_worker", {
    url: database.superuserUrl,
    type: NOOP,
    jobs,
  });
}

/** Jobs that remove a file which is not there: the least that the real worker function does. */
async function throughStack(database: Database, jobs: number): Promise<number[]> {
  await makeUsers(database, 1);
  const dataDir = mkdtempSync(join(tmpdir(), "tallybase-bench-"));
  const stack = await startStack({
    root: ROOT,
    dataDir,
    apiPort: 0,
    stripePort: 0,
    dotEnv: {},
    database: database.superuserUrl,
  });
  try {
    const committed = new Map<string, number>();
    await withClient(database.superuserUrl, async (client) => {
      for (let n = 0; n < WARM_UP + jobs; n++) {
        const { rows } = await client.query<{ id: string }>(
          `select r.id from private.request_jobs(array[(
             md5('1')::uuid, 'storage.remove_files', null,
             '{"bucket": "results", "paths": ["nothing/here.png"]}', null, null, null
           )::private.job_request]) as r`,
        );
        const at = performance.timeOrigin + performance.now();
        if (n >= WARM_UP) committed.set(rows[0]?.id ?? "", at);
        // The first jobs boot the function.
        await sleep(n < WARM_UP ? 500 : 50 + Math.random() * 100);
      }
    });
    await sleep(1_000);
    const rows = await ask<{ id: string; at: number }>(
      database,
      "select j.id, extract(epoch from j.started_at)::float8 * 1000 as at from public.jobs as j where j.started_at is not null",
    );
    const latencies = rows.flatMap(({ id, at }) => {
      const from = committed.get(id);
      return from === undefined ? [] : [Math.max(0, at - from)];
    });
    if (latencies.length < jobs)
      throw new Error(`${jobs - latencies.length} jobs were not claimed`);
    return latencies;
  } finally {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
