import { randomUUID } from "node:crypto";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FreshDatabase } from "../../support/database.ts";
import { withSeed } from "../support/random.ts";
import { ask, openSessions, pause, raceDatabase, rowsOf } from "../support/sessions.ts";
import {
  cancelSql,
  claimAll,
  createUsers,
  creditsOf,
  failSql,
  type JobRow,
  liftCaps,
} from "../support/world.ts";
import {
  cancelChainSql,
  chainSql,
  createChain,
  deleteChainRunSql,
  expectToldOf,
  filmFindings,
  finish,
  VIDEO_TYPES,
} from "./support/films.ts";

const ROUNDS = 60;
const PRICES = [3, 1, 1, 10, 3];
const PRICE = PRICES.reduce((sum, price) => sum + price, 0);
let database: FreshDatabase;
let worker: pg.Client;
let second: pg.Client;
beforeAll(async () => {
  database = await raceDatabase();
  await liftCaps(database);
  [worker, second] = (await openSessions(database, 2, "service_role")) as [pg.Client, pg.Client];
});
afterAll(() => database?.close());

/** Ends the jobs of all runs, step after step, with two workers; stops after so many steps. */
async function work(steps = Number.POSITIVE_INFINITY): Promise<JobRow[]> {
  for (let step = 0; ; step += 1) {
    const jobs = await claimAll(worker, VIDEO_TYPES);
    if (jobs.length === 0 || step >= steps) return jobs;
    const half = Math.ceil(jobs.length / 2);
    const endAll = async (session: pg.Client, some: JobRow[]) => {
      for (const job of some) expectToldOf([await finish(session, job)], ["PT409 lease_lost"]);
    };
    await Promise.all([endAll(worker, jobs.slice(0, half)), endAll(second, jobs.slice(half))]);
  }
}

test("many runs of one user, of steps of several types, end side by side", async () => {
  const [user = ""] = await createUsers(database, 1, 100_000);
  const sessions = await openSessions(database, 6, "authenticated", user);
  const chain = await createChain(database, user);
  for (let round = 0; round < 5; round += 1) {
    // Begun at different times, so that every type is worked on and begun at once.
    const answers = await Promise.all(
      sessions.map((session) => ask(session, chainSql, [chain, randomUUID()])),
    );
    expectToldOf(answers, []);
    const claimed = await work(round);
    await Promise.all([
      (async () => {
        for (const job of claimed) expectToldOf([await finish(worker, job)], []);
      })(),
      ...sessions.map((session) => ask(session, chainSql, [chain, randomUUID()])),
      second.query("select 1"),
    ]);
  }
  await work();
  const [runs] = await database.query<{ n: number; wrong: number }>(
    "select count(*)::integer as n, count(*) filter (where status <> 'success' or credits_used <> $1)::integer as wrong from video.tool_chain_runs",
    [PRICE],
  );
  expect(runs).toEqual({ n: 60, wrong: 0 });
  expect(await creditsOf(database, user)).toEqual({
    balance: 100_000 - 60 * PRICE,
    held: 0,
    debt: 0,
  });
  expect(await filmFindings(database)).toEqual([]);
});

test("a step ends while its run is stopped, deleted, or loses its user", () =>
  withSeed(async (random) => {
    const stopped: Record<string, number> = {};
    for (let round = 0; round < ROUNDS * 2; round += 1) {
      const [user = ""] = await createUsers(database, 1, 1000);
      const [owner, other] = (await openSessions(database, 2, "authenticated", user)) as [
        pg.Client,
        pg.Client,
      ];
      const run = randomUUID();
      await owner.query(chainSql, [await createChain(database, user), run]);
      const [job] = (await work(random.int(0, 3))) as [JobRow];
      const way = random.pick([
        "cancel run",
        "cancel job",
        "delete run",
        "delete chain",
        "leave",
        "delete videos",
      ]);
      const answers = await Promise.all([
        pause(random.int(0, 2)).then(() =>
          random.chance(0.8)
            ? finish(worker, job)
            : ask(worker, failSql, [job.id, job.lock_token, false]),
        ),
        pause(random.int(0, 2)).then(() => {
          if (way === "cancel run") return ask(owner, cancelChainSql, [run]);
          if (way === "cancel job") return ask(owner, cancelSql, [job.id]);
          if (way === "delete run") return ask(owner, deleteChainRunSql, [run]);
          if (way === "delete chain") return ask(owner, "delete from video.tool_preset_chains");
          if (way === "delete videos") return ask(owner, "delete from video.generations");
          return ask(owner, "select public.delete_my_account()");
        }),
        pause(random.int(0, 2)).then(() =>
          ask(other, "insert into video.generations (prompt, model) values ('A cat', 'veo-fast')"),
        ),
      ]);
      expectToldOf(
        answers,
        [
          "PT409 lease_lost",
          "PT409 job_already_ended",
          "PT404 run_not_found",
          "PT403 profile_missing",
        ],
        way,
      );
      if (way === "leave" || way === "delete run") {
        const [left] = await database.query<{ n: number }>(
          `select count(*)::integer as n from public.jobs as j
           where j.user_id = $1 and j.finished_at is null and j.payload ? 'tool_step'`,
          [user],
        );
        expect(left?.n, `${way}: what it began`).toBe(0);
      }
      stopped[way] = (stopped[way] ?? 0) + (answers[0].refusal ? 1 : 0);
      await work();
      expect((await creditsOf(database, user)).held).toBe(0);
      await owner.end();
      await other.end();
    }
    expect(await filmFindings(database)).toEqual([]);
  }));

test("one run, asked for at once: one run", async () => {
  const [user = ""] = await createUsers(database, 1, 1000);
  const sessions = await openSessions(database, 6, "authenticated", user);
  const chain = await createChain(database, user);
  const run = randomUUID();
  const answers = await Promise.all(
    sessions.map((session) => ask(session, chainSql, [chain, run])),
  );
  expect(rowsOf(answers)).toHaveLength(6);
  expect((await creditsOf(database, user)).held).toBe(PRICE);
  await work();
  expect((await creditsOf(database, user)).balance).toBe(1000 - PRICE);
  expect(await filmFindings(database)).toEqual([]);
});
