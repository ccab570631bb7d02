import { type Database, withEmpty, withTallybase } from "../lib/databases.ts";
import { emptyQueue, fillQueue, makeJobType, makeUsers, NOOP } from "../lib/fixtures.ts";
import { runClient } from "../lib/node_client.ts";
import { whatHoldsIt } from "../lib/profile.ts";
import { perSecond, ratioOf, rounds } from "../lib/stats.ts";
import { type Bench, CLIENTS, type Figure, type Row } from "../lib/types.ts";

const USERS = 1_000;
const BATCH = 100;

type Rate = { done: number; perSecond: number };

/** Fills the queue, drains it with the Node client, and gives the jobs a second. */
export async function drainRate(
  database: Database,
  options: { jobs: number; users: number; batch: number; seconds: number; loops?: number },
): Promise<number> {
  const { jobs, users, batch, seconds, loops = CLIENTS } = options;
  await emptyQueue(database);
  await fillQueue(database, jobs, users);
  const url = database.url;
  const rate = await runClient<Rate>("tallybase", { url, type: NOOP, loops, batch, seconds, jobs });
  return rate.perSecond;
}

export const jobThroughput: Row = {
  name: "job_throughput",
  title: "Claim and complete against graphile-worker and pg-boss",
  method: `20,000 jobs that do nothing, enqueued before, drained by a Node program with ${CLIENTS} loops: one by one (claim one, complete one) and batched (claim ${BATCH}, complete them in one call; graphile-worker with localQueue of 500 and completeJobBatchDelay 0). Ours have ${USERS.toLocaleString("en-US")} users, no price and no handler; theirs have no queue names, their fastest way. pg-boss fetches one and completes one in the same loops; beside it stand its own workers (boss.work), which wait half a second or more between two fetches. From the first job in hand to the last completion committed; a run ends after 15 s even if jobs are left. Every side is vacuumed before its run.`,
  run: (bench) =>
    withTallybase(bench, "jobs_fair", (fair) =>
      withTallybase(bench, "jobs_one", (one) =>
        withEmpty(bench, "graphile", (graphile) =>
          withEmpty(bench, "pgboss", (pgboss) => measure(bench, { fair, one, graphile, pgboss })),
        ),
      ),
    ),
};

async function measure(
  bench: Bench,
  { fair, one, graphile, pgboss }: Record<"fair" | "one" | "graphile" | "pgboss", Database>,
) {
  await makeUsers(fair, USERS);
  await makeJobType(fair, 100);
  await makeUsers(one, 1);
  await makeJobType(one, 10_000);
  const jobs = bench.pick(20_000, 4_000);
  const seconds = bench.pick(15, 3);
  const ours = (database: Database, users: number, batch: number) => () =>
    drainRate(database, { jobs, users, batch, seconds });
  const graphileWorker = (batched: boolean) => async () => {
    const options = { url: graphile.url, loops: CLIENTS, batched, seconds, jobs };
    return (await runClient<Rate>("graphile", options)).perSecond;
  };
  const pgBoss = (work: boolean) => async () => {
    const options = { url: pgboss.url, loops: CLIENTS, work, seconds, jobs };
    return (await runClient<Rate>("pgboss", options)).perSecond;
  };
  const got = await rounds(
    3,
    {
      "one by one": ours(fair, USERS, 1),
      "graphile-worker": graphileWorker(false),
      "pg-boss": pgBoss(false),
      "pg-boss workers": pgBoss(true),
      "one by one, one user": ours(one, 1, 1),
      batched: ours(fair, USERS, BATCH),
      "graphile-worker batched": graphileWorker(true),
      "batched, one user": ours(one, 1, BATCH),
    },
    bench.log,
  );
  const figure = (
    measured: string,
    side: keyof typeof got,
    against: keyof typeof got,
    least?: number,
  ): Figure => ({
    measured,
    against,
    ...ratioOf(got[side], got[against]),
    ...(least !== undefined && { goal: { least, text: `>= ${least}` } }),
    absolute: `${perSecond(got[side])} : ${perSecond(got[against])}`,
  });
  const figures = [
    figure("claim + complete, one by one", "one by one", "graphile-worker", 2),
    figure("the same, all jobs of one user", "one by one, one user", "graphile-worker"),
    figure("claim + complete, batched", "batched", "graphile-worker batched", 1.5),
    figure("the same, all jobs of one user", "batched, one user", "graphile-worker batched"),
    figure("claim + complete, one by one", "one by one", "pg-boss", 30),
    figure("the same", "one by one", "pg-boss workers"),
  ];
  const notes = await whatHoldsIt(bench, fair, figures, ours(fair, USERS, 1));
  return { figures, notes };
}
