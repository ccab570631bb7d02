import { migrateCronDatabase } from "../../../scripts/local/server/index.ts";
import { sleep } from "../../../scripts/local/server/processes.ts";
import { urlOf, withClient } from "../../../scripts/local/server/types.ts";
import { ask, type Database, prepare, withTallybase } from "../lib/databases.ts";
import { makeJobType, makeUsers, NOOP } from "../lib/fixtures.ts";
import { startClient } from "../lib/node_client.ts";
import type { Bench, Figure, Row } from "../lib/types.ts";

const GOAL = { most: 60, text: "<= 60 s" };

export const reaper: Row = {
  name: "reaper",
  title: "A killed worker's job runs again",
  method:
    "The longest wait is computed from the lease of a type and the periods of cron's sweep and dispatch, and checked with a clock given as an argument: a second before, nothing runs; then the job is claimed again. A full run also kills a worker with SIGKILL in mid-job on the server's pg_cron and waits.",
  run: (bench) =>
    withTallybase(bench, "reaper", async (database) => {
      const figures: Figure[] = [await longestWait(database)];
      if (!bench.quick) figures.push(await killOne(bench));
      return { figures, notes: [] };
    }),
};

async function longestWait(database: Database): Promise<Figure> {
  await makeUsers(database, 1);
  await makeDefaultJobType(database);
  const [wait] = await ask<{ lease: number; reap: number; dispatch: number }>(
    database,
    `select
       extract(epoch from t.lease)::float8 as lease,
       (select extract(epoch from c.schedule::interval) from cron.job as c where c.jobname = 'jobs: reap')::float8 as reap,
       (select extract(epoch from c.schedule::interval) from cron.job as c where c.jobname = 'jobs: dispatch')::float8 as dispatch
     from public.job_types as t where t.type = $1`,
    [NOOP],
  );
  if (!wait) throw new Error("the type of job is missing");
  await request(database);
  await prepare(database, `select private.claim_jobs('killed', 1, array['${NOOP}'])`);
  const claimedAfter = async (seconds: number) => {
    const at = `now() + interval '${seconds} seconds'`;
    await prepare(database, `select private.reap_job(d, ${at}) from private.due_jobs(${at}) as d`);
    const rows = await ask(
      database,
      `select from private.claim_jobs('next', 1, array['${NOOP}'], ${at})`,
    );
    return rows.length > 0;
  };
  if (await claimedAfter(wait.lease - 1)) throw new Error("the job was taken from a live lease");
  if (!(await claimedAfter(wait.lease + wait.reap))) throw new Error("the job did not come back");
  return {
    measured: "a killed worker's job runs again after, at most",
    against: "",
    value: wait.lease + wait.reap + wait.dispatch,
    unit: "s",
    goal: GOAL,
    absolute: `lease ${wait.lease} s + sweep ${wait.reap} s + dispatch ${wait.dispatch} s`,
  };
}

/** pg_cron runs in one database of a server, so this one is not a database of our own. */
async function killOne(bench: Bench): Promise<Figure> {
  const name = await migrateCronDatabase(bench.server);
  const database: Database = {
    name,
    url: urlOf(bench.server, name, bench.server.owner),
    superuserUrl: urlOf(bench.server, name),
  };
  await makeUsers(database, 1);
  await makeDefaultJobType(database);
  await request(database);
  const victim = startClient("hang", { url: database.url, type: NOOP });
  while (victim.lines.length === 0) await sleep(20);
  victim.child.kill("SIGKILL");
  const killed = Date.now();
  await withClient(database.superuserUrl, async (client) => {
    for (;;) {
      const { rowCount } = await client.query(
        "select from private.claim_jobs('next', 1, array[$1])",
        [NOOP],
      );
      if (rowCount) return;
      if (Date.now() - killed > 90_000) throw new Error("the job did not come back in 90 s");
      await sleep(100);
    }
  });
  const seconds = (Date.now() - killed) / 1000;
  await prepare(
    database,
    "delete from public.jobs",
    "delete from private.job_lanes",
    `delete from public.job_types where type = '${NOOP}'`,
  );
  return {
    measured: "the same, one worker killed, until a worker that asks can claim it",
    against: "",
    value: seconds,
    unit: "s",
    goal: GOAL,
    absolute: "from SIGKILL; pg_cron of the server",
  };
}

/** With the lease that a type has unless it says otherwise. */
async function makeDefaultJobType(database: Database): Promise<void> {
  await makeJobType(database, 100);
  await prepare(database, `update public.job_types set lease = default where type = '${NOOP}'`);
}

const request = (database: Database): Promise<void> =>
  prepare(
    database,
    `select private.request_jobs(array[
       (md5('1')::uuid, '${NOOP}', null, null, null, null, null)::private.job_request
     ])`,
  );
