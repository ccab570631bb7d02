import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { FreshDatabase } from "../support/database.ts";
import { findings } from "./support/invariants.ts";
import { ask, named, openSessions, raceDatabase } from "./support/sessions.ts";
import {
  claim,
  completeSql,
  createImages,
  createUsers,
  creditsOf,
  failSql,
  type JobRow,
  jobOf,
  reapSql,
  requestOperations,
  resultOf,
} from "./support/world.ts";

let database: FreshDatabase;
let worker: pg.Client;
let owner: pg.Client;
let user: string;
beforeAll(async () => {
  database = await raceDatabase();
  [worker] = (await openSessions(database, 1, "service_role")) as [pg.Client];
  [owner] = (await openSessions(database, 1)) as [pg.Client];
});
beforeEach(async () => {
  // What the last test left unfinished is not this one's to claim.
  await owner.query(
    "select private.cancel_jobs(array(select id from public.jobs where finished_at is null), 'Over.')",
  );
  [user = ""] = await createUsers(database, 1);
  await requestOperations(database, await createImages(database, user, 1));
});
afterAll(() => database?.close());

/**
 * A worker in a process of its own: claims one job, perhaps begins to complete it,
 * says so on a line, and hangs for ever.
 */
const hangingWorker = `
  import pg from "pg";
  const client = new pg.Client({ connectionString: process.env.WORKER_DATABASE_URL });
  await client.connect();
  const { rows } = await client.query("select * from public.claim_jobs('doomed', 1, array['editor.generate'])");
  const job = rows[0];
  if (process.env.WORKER_COMPLETES) {
    await client.query("begin");
    await client.query("select public.complete_job($1, $2, $3)", [
      job.id, job.lock_token,
      { files: [{ kind: "processed", bucket: "results", path: job.user_id + "/x.png" }] },
    ]);
  }
  console.log(JSON.stringify(job));
  setInterval(() => {}, 1 << 30);
`;

async function claimAndDie(env: Record<string, string> = {}): Promise<JobRow> {
  const child: ChildProcess = spawn(
    process.execPath,
    ["--input-type=module", "--eval", hangingWorker],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...env, WORKER_DATABASE_URL: database.url },
    },
  );
  const exited = once(child, "exit");
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const first = await Promise.race([
    once(lines, "line"),
    exited.then(() => Promise.reject(new Error("the worker ended before it claimed"))),
  ]);
  child.kill("SIGKILL");
  await exited;
  return JSON.parse(String(first[0])) as JobRow;
}

/** Seconds after the claim, given to the database as its clock: nobody waits. */
const after = (job: JobRow, seconds: number): Date =>
  new Date(new Date(job.started_at).getTime() + seconds * 1000);

test("a job whose worker was killed runs again within 60 seconds, and the dead one changes nothing", async () => {
  const dead = await claimAndDie();
  expect(await claim(worker)).toEqual([]);
  const before = await jobOf(database, dead.id);
  expect(before).toMatchObject({ status: "processing", lock_token: dead.lock_token, attempts: 1 });

  // Its lease still runs: the reaper leaves it alone.
  await owner.query(reapSql, [dead.id, after(dead, 29)]);
  expect(await jobOf(database, dead.id)).toEqual(before);

  // Lease (30 s), a sweep every 5 s, a dispatch every 5 s: 40 s.
  const reapedAt = after(dead, 35);
  const due = await owner.query("select id from private.due_jobs($1) as id", [reapedAt]);
  expect(due.rows).toEqual([{ id: dead.id }]);
  await owner.query(reapSql, [dead.id, reapedAt]);
  const requeued = await jobOf(database, dead.id);
  expect(requeued).toMatchObject({ status: "queued", lock_token: null, attempts: 1 });
  expect(requeued.run_at.getTime()).toBeLessThanOrEqual(after(dead, 40).getTime());

  const { rows } = await owner.query<JobRow>(
    "select * from private.claim_jobs('the next', 1, null, $1)",
    [after(dead, 40)],
  );
  expect(rows).toHaveLength(1);
  const again = rows[0] as JobRow;
  expect(again).toMatchObject({ id: dead.id, attempts: 2 });
  expect(again.lock_token).not.toBe(dead.lock_token);

  // The first one was not dead, only slow: whatever it sends now, it is told so.
  const late: [string, unknown[]][] = [
    [completeSql, [dead.id, dead.lock_token, resultOf(dead)]],
    [failSql, [dead.id, dead.lock_token, false]],
    ["select public.heartbeat_job($1, $2, 99)", [dead.id, dead.lock_token]],
    ["select public.start_job($1, $2)", [dead.id, dead.lock_token]],
    ["select public.snooze_job($1, $2, now())", [dead.id, dead.lock_token]],
  ];
  for (const [text, values] of late) {
    expect(named((await ask(worker, text, values)).refusal), text).toBe("PT409 lease_lost");
  }
  expect(await jobOf(database, dead.id)).toEqual(again);

  const done = await ask(worker, completeSql, [again.id, again.lock_token, resultOf(again)]);
  expect(named(done.refusal)).toBe("done");
  const attempts = await database.query(
    "select attempt, outcome, worker from public.job_attempts where job_id = $1 order by attempt",
    [dead.id],
  );
  expect(attempts).toEqual([
    { attempt: 1, outcome: "lease_expired", worker: "doomed" },
    { attempt: 2, outcome: "completed", worker: "the next" },
  ]);
  expect(await creditsOf(database, user)).toEqual({ balance: 97, held: 0, debt: 0 });
  expect(await findings(database)).toEqual([]);
});

test("a worker that outlived its lease is refused even before anyone reaped it", async () => {
  const [job] = (await claim(worker)) as [JobRow];
  const expired = new Date((job.lease_expires_at as Date).getTime() + 1);
  const calls: [string, unknown[]][] = [
    ["select private.complete_job($1, $2, '{}', $3)", []],
    ["select private.fail_job($1, $2, 'late', p_now => $3)", []],
    ["select private.heartbeat_job($1, $2, 99, $3)", []],
    ["select private.start_job($1, $2, $3)", []],
    ["select private.snooze_job($1, $2, now(), null, $3)", []],
  ];
  for (const [text] of calls) {
    const told = await ask(owner, text, [job.id, job.lock_token, expired]);
    expect(named(told.refusal), text).toBe("PT409 lease_lost");
  }
  expect(await jobOf(database, job.id)).toEqual({ ...job });
  expect(await findings(database)).toEqual([]);
  await ask(worker, failSql, [job.id, job.lock_token, false]);
});

test("a worker killed between its completion and the commit: nothing happened", async () => {
  const dead = await claimAndDie({ WORKER_COMPLETES: "1" });
  // The reaper waits for the dead session's locks, which the server lets go of.
  await owner.query(reapSql, [dead.id, after(dead, 35)]);
  expect(await jobOf(database, dead.id)).toMatchObject({ status: "queued", attempts: 1 });
  expect(await creditsOf(database, user)).toEqual({ balance: 97, held: 3, debt: 0 });
  expect(await findings(database)).toEqual([]);
});

test("a job whose workers all die ends with its last attempt, and its credits come back", async () => {
  let at = new Date();
  for (let attempt = 1; attempt <= 3; attempt++) {
    const { rows } = await owner.query<JobRow>(
      "select * from private.claim_jobs('doomed', 1, array['editor.generate'], $1)",
      [at],
    );
    expect(rows.map((row) => row.attempts)).toEqual([attempt]);
    at = new Date(at.getTime() + 40_000);
    await owner.query(reapSql, [rows[0]?.id, at]);
  }
  const [job] = await database.query("select status, error from public.jobs where user_id = $1", [
    user,
  ]);
  expect(job).toEqual({ status: "failed", error: "The work was interrupted." });
  expect(await creditsOf(database, user)).toEqual({ balance: 100, held: 0, debt: 0 });
  expect(await findings(database)).toEqual([]);
});
