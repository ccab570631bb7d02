import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FreshDatabase } from "../support/database.ts";
import { findings } from "./support/invariants.ts";
import { type Random, withSeed } from "./support/random.ts";
import {
  type Answer,
  ask,
  collide,
  named,
  openSessions,
  pause,
  raceDatabase,
} from "./support/sessions.ts";
import {
  cancelSql,
  claim,
  claimAll,
  completeSql,
  createImages,
  createUsers,
  creditsOf,
  failSql,
  type JobRow,
  jobOf,
  liftCaps,
  reapSql,
  requestOperations,
  resultOf,
} from "./support/world.ts";

const ROUNDS = 200;
let database: FreshDatabase;
beforeAll(async () => {
  database = await raceDatabase();
  await liftCaps(database);
});
afterAll(() => database?.close());

type Ending = "complete" | "fail" | "cancel" | "reap";

/** Sends the four ends of one job in the given order, each after a moment of its own. */
async function endFourWays(
  random: Random,
  sessions: Record<Ending, pg.Client>,
  job: JobRow,
): Promise<Record<Ending, Answer<JobRow>>> {
  // A reaper whose clock is behind the lease requeues; one behind the deadline ends.
  const reapedAt = new Date(
    (random.chance(0.5) ? job.deadline : (job.lease_expires_at ?? job.deadline)).getTime() + 1000,
  );
  const ways: Record<Ending, () => Promise<Answer<JobRow>>> = {
    complete: () => ask(sessions.complete, completeSql, [job.id, job.lock_token, resultOf(job)]),
    fail: () => ask(sessions.fail, failSql, [job.id, job.lock_token, random.chance(0.3)]),
    cancel: () => ask(sessions.cancel, cancelSql, [job.id]),
    reap: () => ask(sessions.reap, reapSql, [job.id, reapedAt]),
  };
  const answers = await Promise.all(
    random.shuffle(Object.keys(ways) as Ending[]).map(async (way) => {
      const wait = random.pick([0, 0, 0, 1, 2, 3]);
      if (wait) await pause(wait);
      return [way, await ways[way]()] as const;
    }),
  );
  return Object.fromEntries(answers) as Record<Ending, Answer<JobRow>>;
}

type Kind = { type: string; request: (user: string) => Promise<unknown> };
const kinds: Kind[] = [
  {
    type: "editor.generate",
    request: async (user) =>
      requestOperations(database, await createImages(database, user, ROUNDS)),
  },
  {
    // No product row stands above it: only the lane and the job itself keep its ends apart.
    type: "bare",
    request: async (user) => {
      await database.query(
        "insert into public.job_types (type, max_running_per_user) values ('bare', 10000)",
      );
      return database.query(
        "select private.request_jobs(array_agg(row($1, 'bare', gen_random_uuid(), null, 'editor.generate', null, 1)::private.job_request)) from generate_series(1, $2)",
        [user, ROUNDS],
      );
    },
  },
];

test.each(kinds)(
  "$type: completed, failed, cancelled and reaped at the same moment: one ending",
  ({ type, request }) =>
    withSeed(async (random) => {
      const [user = ""] = await createUsers(database, 1, 1000);
      await request(user);
      const [complete, fail] = await openSessions(database, 2, "service_role");
      const [cancel] = await openSessions(database, 1, "authenticated", user);
      const [reap] = await openSessions(database, 1);
      const sessions = { complete, fail, cancel, reap } as Record<Ending, pg.Client>;
      const jobs = await claimAll(sessions.complete, [type]);
      expect(jobs).toHaveLength(ROUNDS);

      const endings: Record<string, number> = {};
      for (const [round, claimed] of jobs.entries()) {
        const answers = await endFourWays(random, sessions, claimed);
        const job = await jobOf(database, claimed.id);
        endings[job.status] = (endings[job.status] ?? 0) + 1;
        const told = (["complete", "fail", "cancel"] as const).filter(
          (way) => answers[way].row?.finished_at,
        );
        expect(told.length, `${JSON.stringify(answers)}`).toBeLessThanOrEqual(1);
        if (told[0]) expect(answers[told[0]].row?.status).toBe(job.status);
        // Whom nobody told of an end: the reaper ended it, or it waits for its next attempt.
        else expect(job.status === "queued" || /took too long/.test(job.error ?? "")).toBe(true);
        expect(["done", "PT409 lease_lost"]).toContain(named(answers.complete.refusal));
        expect(["done", "PT409 lease_lost"]).toContain(named(answers.fail.refusal));
        expect(["done", "PT409 job_already_ended"]).toContain(named(answers.cancel.refusal));
        expect(named(answers.reap.refusal)).toBe("done");
        if (round % 40 === 39) expect(await findings(database)).toEqual([]);
      }
      for (const status of ["completed", "failed", "cancelled"]) {
        expect(endings[status], `${status} of ${JSON.stringify(endings)}`).toBeGreaterThan(0);
      }

      // What was requeued is taken off the queue; then nothing is held any more.
      for (const { id } of jobs) await ask(sessions.cancel, cancelSql, [id]);
      expect(await findings(database)).toEqual([]);
      expect(await creditsOf(database, user)).toEqual({
        balance: 1000 - 3 * (endings.completed ?? 0),
        held: 0,
        debt: 0,
      });
      const lanes = await database.query(
        "select queued, running from private.job_lanes where user_id = $1",
        [user],
      );
      expect(lanes).toEqual([{ queued: 0, running: 0 }]);
    }),
);

test("eight sessions complete one job with one token: one is told, seven lost the lease", async () => {
  const [user = ""] = await createUsers(database, 1, 1000);
  await requestOperations(database, await createImages(database, user, 40));
  const sessions = await openSessions(database, 8, "service_role");
  const jobs = (await claimAll(sessions[0] as pg.Client)).filter((job) => job.user_id === user);
  for (const job of jobs) {
    const answers = await Promise.all(
      sessions.map((session) => ask(session, completeSql, [job.id, job.lock_token, resultOf(job)])),
    );
    expect(answers.map((each) => named(each.refusal)).sort()).toEqual([
      ...Array(7).fill("PT409 lease_lost"),
      "done",
    ]);
  }
  expect((await creditsOf(database, user)).balance).toBe(1000 - 3 * 40);
  expect(await findings(database)).toEqual([]);
});

/**
 * Eight queued jobs of one hold that has a few credits to spare. Each is of a type
 * of its own, so that no lane makes their ends wait for one another.
 */
async function openEnvelope(
  database: FreshDatabase,
  random: Random,
  user: string,
): Promise<string> {
  const prices = Array.from({ length: 8 }, () => random.int(0, 6));
  const [hold] = await database.query<{ id: string }>(
    "select id from private.hold_credits($1, $2, p_expires_in => null)",
    [user, prices.reduce((sum, price) => sum + price, random.int(1, 9))],
  );
  await database.query(
    "select private.add_to_lane('envelope.' || n, $1, 1, 0::smallint, now()) from generate_series(1, 8) as n",
    [user],
  );
  await database.query(
    `insert into public.jobs (user_id, type, price, hold_id, deadline, due_at)
     select $1, 'envelope.' || p.n, p.price, $2, now() + interval '1 hour', now() + interval '1 hour'
     from unnest($3::integer[]) with ordinality as p (price, n)`,
    [user, hold?.id, prices],
  );
  return hold?.id ?? "";
}

test("eight jobs of one hold end at the same moment: what succeeded is captured, the rest comes back once", () =>
  withSeed(async (random) => {
    await database.query(
      "insert into public.job_types (type) select 'envelope.' || n from generate_series(1, 8) as n",
    );
    const types = Array.from({ length: 8 }, (_, index) => `envelope.${index + 1}`);
    const [user = ""] = await createUsers(database, 1, 5000);
    const workers = await openSessions(database, 8, "service_role");
    const owners = await openSessions(database, 8, "authenticated", user);
    const reapers = await openSessions(database, 8);
    const end = (way: Ending, job: JobRow, index: number): Promise<Answer<JobRow>> => {
      const [worker, owner, reaper] = [workers, owners, reapers].map((all) => all[index]) as [
        pg.Client,
        pg.Client,
        pg.Client,
      ];
      if (way === "complete") return ask(worker, completeSql, [job.id, job.lock_token, "{}"]);
      if (way === "fail") return ask(worker, failSql, [job.id, job.lock_token, false]);
      if (way === "cancel") return ask(owner, cancelSql, [job.id]);
      return ask(reaper, reapSql, [job.id, new Date(job.deadline.getTime() + 1000)]);
    };

    let spent = 0;
    for (let round = 0; round < 60; round++) {
      const hold = await openEnvelope(database, random, user);
      const jobs = await claim(workers[0] as pg.Client, 8, types);
      expect(jobs).toHaveLength(8);
      const succeeds = random.pick([0, 0.5, 0.8, 1]);
      const ways = jobs.map(
        (): Ending =>
          random.chance(succeeds) ? "complete" : random.pick(["fail", "cancel", "reap"] as const),
      );
      // Every session has ended its job and waits for the account: none sees another's end.
      const answers = await collide(database, user, () =>
        jobs.map((job, index) => end(ways[index] as Ending, job, index)),
      );
      expect(answers.map((each) => named(each.refusal))).toEqual(Array(8).fill("done"));

      const captured = jobs.reduce(
        (sum, job, index) => sum + (ways[index] === "complete" ? job.price : 0),
        0,
      );
      spent += captured;
      const [row] = await database.query<{ status: string; captured: number }>(
        "select status, captured from public.credit_holds where id = $1",
        [hold],
      );
      expect(row?.captured).toBe(captured);
      expect(["captured", "released"]).toContain(row?.status);
      expect(await creditsOf(database, user)).toEqual({ balance: 5000 - spent, held: 0, debt: 0 });
    }
    expect(await findings(database)).toEqual([]);
  }));
