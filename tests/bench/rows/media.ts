import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { ask, type Database, withTallybase } from "../lib/databases.ts";
import { fillMedia, requireSound, USERS } from "../lib/media_history.ts";
import { CONCURRENCY, type MediaWorker, mediaWorker } from "../lib/media_worker.ts";
import { profileOf } from "../lib/profile.ts";
import { watchServerCpu } from "../lib/server_cpu.ts";
import { median, perSecond, ratioOf } from "../lib/stats.ts";
import type { Bench, Figure, Row } from "../lib/types.ts";

const WORKERS = [1, 2, 4, 8] as const;
const PROFILED = 4;
const YOUNG = 1_000;
const REQUESTERS = 4;
// Of each worker: enough that none is ever idle, few enough that a job's wait is no backlog.
const OPEN_JOBS = 8;
const RING_MS = 25;
const CRON_LOOKS = 40;
const WARM_UP_MS = 1_000;

/** What one run gives; times are of one job, in ms. */
type Sample = { perSecond: number; server: number; clients: number };

export const media: Row = {
  name: "media",
  title: "Media jobs through the whole path, and after a million of them",
  method: `A user's insert into \`editor.image_operations\` (as \`authenticated\`, with RLS, in a transaction of its own: priced, held, enqueued, the doorbell rung), the worker function's own code (claim, start, route, call, log of the call, store, complete: its handler and the capture in one transaction), with N workers of ${CONCURRENCY} jobs at once, its default. Outside of Postgres nothing is done: the provider, the storage and the image tools answer at once. Requests and RPCs go to Postgres by TCP without PostgREST; a session takes the rings off the queue, as pg_net would, every ${RING_MS} ms. ${REQUESTERS} sessions ask for work of ${USERS.toLocaleString("en-US")} users in turn while fewer than ${OPEN_JOBS} jobs a worker are open, and what is completed in a window is counted. Finished jobs have left everything that a job leaves: images, operations, jobs, attempts, holds, ledger rows and logs of calls; the ledger's audit finds nothing before and after. The CPU time of a job is that of all processes of the server in the same window, commits, WAL and autovacuum with it; beside it stands that of the Node process with the workers and the users in it.`,
  run: (bench) =>
    withTallybase(bench, "media_old", async (old) => {
      const finished = bench.pick(1_000_000, 20_000);
      await fillMedia(bench, old, finished);
      const seconds = bench.pick(8, 2);
      const run = (database: Database, workers: number, length = seconds) =>
        runLoad(bench, database, workers, length);
      // What a run adds would be more than what a young one has: each has its own.
      const runYoung = (workers: number) =>
        withTallybase(bench, "media_young", async (young) => {
          await fillMedia(bench, young, YOUNG);
          const sample = await run(young, workers);
          await requireSound(young);
          return sample;
        });
      const rounds = bench.pick(3, 1);
      const samples = new Map(WORKERS.map((n) => [n, { after: [], young: [] } as Sides]));
      for (let round = 1; round <= rounds; round++) {
        for (const [workers, sides] of samples) {
          sides.after.push(await run(old, workers));
          sides.young.push(await runYoung(workers));
          const rates = [sides.after, sides.young].map((all) =>
            Math.round(all.at(-1)?.perSecond ?? 0),
          );
          bench.log(`  round ${round}, ${workers} workers: ${rates.join("/s, ")}/s`);
        }
      }
      await requireSound(old);
      const notes = await profileOf(bench, old, () => run(old, PROFILED, bench.pick(8, 2)));
      const all = [...samples].flatMap(([n, sides]) => figuresOf(n, sides, finished));
      const figures = [...all.filter(isRate), ...all.filter((figure) => !isRate(figure))];
      return { figures, notes: [await sizeOf(old, finished), ...limits(samples), ...notes] };
    }),
};

type Sides = { after: Sample[]; young: Sample[] };

const thousands = (n: number): string => (n >= 1_000_000 ? `${n / 1_000_000}M` : `${n / 1_000}k`);
const isRate = ({ measured }: Figure): boolean => measured.startsWith("jobs");

function figuresOf(workers: number, { after, young }: Sides, finished: number): Figure[] {
  const with_ = `with ${workers} ${workers === 1 ? "worker" : "workers"}`;
  const sides = [after, young] as const;
  const [rates, baseRates] = sides.map((all) => all.map((sample) => sample.perSecond));
  const [times, baseTimes] = sides.map((all) => all.map((sample) => sample.server));
  const ms = (values: number[] = []) => `${median(values).toFixed(2)} ms`;
  const figures: Figure[] = [
    {
      measured: `jobs a second, insert to captured, ${with_}, after ${thousands(finished)} finished`,
      against: `after ${thousands(YOUNG)}`,
      ...ratioOf(rates ?? [], baseRates ?? []),
      absolute: `${perSecond(rates ?? [])} : ${perSecond(baseRates ?? [])}`,
    },
  ];
  if (times?.every(Number.isFinite)) {
    figures.push({
      measured: `the server's CPU time of one job ${with_}, after ${thousands(finished)} finished`,
      against: `after ${thousands(YOUNG)}`,
      ...ratioOf(times, baseTimes ?? []),
      absolute: `${ms(times)} : ${ms(baseTimes)}`,
    });
  }
  return figures;
}

/** Which side of the wire takes the time. */
function limits(samples: Map<number, Sides>): string[] {
  const last = samples.get(PROFILED)?.after ?? [];
  const of = (pick: (sample: Sample) => number) => median(last.map(pick));
  const server = of((sample) => sample.server);
  const clients = of((sample) => sample.clients);
  const busy = (of((sample) => sample.perSecond) * (server + clients)) / 1000;
  if (!Number.isFinite(busy)) return [];
  return [
    `With ${PROFILED} workers a job takes ${server.toFixed(2)} ms of CPU in the server and ${clients.toFixed(2)} ms in the Node process that has the workers and the users in it: ${busy.toFixed(1)} cores are busy.`,
  ];
}

async function sizeOf(database: Database, finished: number): Promise<string> {
  const [size] = await ask<{ text: string }>(
    database,
    "select pg_size_pretty(pg_database_size(current_database())) as text",
  );
  return `The database with ${thousands(finished)} finished jobs has ${size?.text}.`;
}

async function runLoad(
  bench: Bench,
  database: Database,
  count: number,
  seconds: number,
): Promise<Sample> {
  const serverCpu = await watchServerCpu(bench);
  const [{ n: images } = { n: 0 }] = await ask<{ n: number }>(
    database,
    "select count(*)::integer as n from editor.images",
  );
  let asked = 0;
  let completed = 0;
  let over = false;
  let allAsked = false;
  const workers = Array.from({ length: count }, (_, n) =>
    mediaWorker(database.url, `bench-${n}`, () => {
      completed += 1;
    }),
  );
  const users = new pg.Pool({ connectionString: database.url, max: REQUESTERS });
  const requesting = Array.from({ length: REQUESTERS }, async () => {
    while (!over) {
      if (asked - completed >= count * OPEN_JOBS) {
        await sleep(1);
        continue;
      }
      await request(users, 1 + Math.floor(Math.random() * images));
      asked += 1;
    }
  });
  const ringing = ring(database, workers, () => allAsked && completed >= asked);
  const look = () => ({
    completed,
    at: performance.now(),
    server: serverCpu?.() ?? Number.NaN,
    clients: process.cpuUsage(),
  });
  const measuring = (async () => {
    await sleep(WARM_UP_MS);
    const from = look();
    await sleep(seconds * 1000);
    const to = look();
    const jobs = to.completed - from.completed;
    const used = process.cpuUsage(from.clients);
    return {
      perSecond: (1000 * jobs) / (to.at - from.at),
      server: (to.server - from.server) / jobs,
      clients: (used.user + used.system) / 1000 / jobs,
    };
  })();
  try {
    const failing = Promise.all([...requesting, ringing]);
    const sample = await Promise.race([measuring, failing.then(() => measuring)]);
    over = true;
    await Promise.all(requesting);
    allAsked = true;
    await failing;
    return sample;
  } finally {
    over = true;
    await Promise.allSettled([...requesting, measuring]);
    allAsked = true;
    await Promise.allSettled([ringing]);
    await Promise.all([users.end(), ...workers.map((worker) => worker.stop())]);
  }
}

/** A user asks for a picture, as PostgREST would ask for them. */
async function request(pool: pg.Pool, image: number): Promise<void> {
  const claims = { role: "authenticated", sub: uuidOf(String(1 + ((image - 1) % USERS))) };
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query({
      name: "claims",
      text: "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)",
      values: [JSON.stringify(claims)],
    });
    await client.query({
      name: "ask",
      text: `insert into editor.image_operations (image_id, operation_type, input_data)
             values ($1, 'generate', '{"prompt": "A cat on a roof"}')`,
      values: [uuidOf(`image${image}`)],
    });
    await client.query("commit");
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** As md5(text)::uuid in the history. */
const uuidOf = (text: string): string =>
  createHash("md5")
    .update(text)
    .digest("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

/** Stands in for pg_net, which brings the rings to the workers, and for cron, which rings again. */
async function ring(
  database: Database,
  workers: MediaWorker[],
  isDone: () => boolean,
): Promise<void> {
  const client = new pg.Client({ connectionString: database.superuserUrl });
  client.on("error", () => {});
  await client.connect();
  let failure: unknown;
  const loops = new Set<Promise<void>>();
  const wake = (worker: MediaWorker) => {
    const loop = worker
      .ring()
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => loops.delete(loop));
    loops.add(loop);
  };
  try {
    for (let look = 1; !isDone() && failure === undefined; look++) {
      const { rowCount } = await client.query("delete from net.http_request_queue");
      if (rowCount || look % CRON_LOOKS === 0) for (const worker of workers) wake(worker);
      await sleep(RING_MS);
    }
    if (failure !== undefined) throw failure;
    await Promise.all(loops);
  } finally {
    await client.end();
  }
}
