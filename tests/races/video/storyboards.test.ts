import { randomUUID } from "node:crypto";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FreshDatabase } from "../../support/database.ts";
import { withSeed } from "../support/random.ts";
import {
  ask,
  collide,
  named,
  openSessions,
  pause,
  raceDatabase,
  rowsOf,
} from "../support/sessions.ts";
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
  cancelRunSql,
  createStoryboard,
  expectToldOf,
  filmFindings,
  filmSql,
  finish,
  finishTogether,
  retrySql,
} from "./support/films.ts";

const ROUNDS = 100;
const SHOTS = 4;
const PRICE = 10;
let database: FreshDatabase;
let worker: pg.Client;
let second: pg.Client;
beforeAll(async () => {
  database = await raceDatabase();
  await liftCaps(database);
  [worker, second] = (await openSessions(database, 2, "service_role")) as [pg.Client, pg.Client];
});
afterAll(() => database?.close());

/** A run whose shots are all being worked on. */
async function film(user: string, owner: pg.Client) {
  const { storyboard, campaign } = await createStoryboard(database, user, SHOTS);
  const run = randomUUID();
  await owner.query(filmSql, [storyboard, run]);
  return { storyboard, campaign, run, jobs: await claimAll(worker, ["video.generate"]) };
}

async function finishAll(session: pg.Client, jobs: JobRow[]): Promise<void> {
  for (const job of jobs) expectToldOf([await finish(session, job)], []);
}

test("an envelope is ended from two ends", () =>
  withSeed(async (random) => {
    const [user = ""] = await createUsers(database, 1, 100_000);
    const [owner, other] = (await openSessions(database, 2, "authenticated", user)) as [
      pg.Client,
      pg.Client,
    ];
    let balance = (await creditsOf(database, user)).balance;
    for (let round = 0; round < ROUNDS; round += 1) {
      const { storyboard, campaign, run, jobs } = await film(user, owner);
      const [first, next, third, last] = random.shuffle(jobs) as [JobRow, JobRow, JobRow, JobRow];
      const way = random.pick([
        "cancel run",
        "cancel job",
        "delete storyboard",
        "delete campaign",
        "delete brand",
        "delete preset",
        "delete shots",
      ]);
      const answers = await Promise.all([
        random.chance(0.5)
          ? finishTogether(worker, [first, next])
          : finish(worker, first).then(() => finish(worker, next)),
        ask(second, failSql, [third.id, third.lock_token, false]).then(() => finish(second, last)),
        pause(random.int(0, 4)).then(() => {
          if (way === "cancel run") return ask(owner, cancelRunSql, [run]);
          if (way === "cancel job") return ask(owner, cancelSql, [last.id]);
          if (way === "delete storyboard")
            return ask(owner, "delete from video.storyboard_sequences where id = $1", [storyboard]);
          if (way === "delete campaign")
            return ask(owner, "delete from video.campaigns where id = $1", [campaign]);
          if (way === "delete brand") return ask(owner, "delete from video.brand_guidelines");
          if (way === "delete preset") return ask(owner, "delete from video.style_presets");
          return ask(owner, "delete from video.generations where run_id = $1", [run]);
        }),
        pause(random.int(0, 4)).then(() => ask(other, cancelRunSql, [run])),
      ]);
      expectToldOf(
        answers,
        ["PT409 lease_lost", "PT409 job_already_ended", "PT404 run_not_found"],
        way,
      );
      const [ended] = await database.query<{ open: number; credits: number }>(
        `select
           count(*) filter (where finished_at is null)::integer as open,
           coalesce(sum(price) filter (where status = 'completed'), 0)::integer as credits
         from public.jobs where id = any ($1)`,
        [jobs.map((job) => job.id)],
      );
      balance -= ended?.credits ?? 0;
      expect(ended?.open).toBe(0);
      expect(await creditsOf(database, user)).toEqual({ balance, held: 0, debt: 0 });
      expect(await claimAll(worker, ["video.generate"])).toEqual([]);
      await owner.query("delete from video.generations");
    }
    expect(await filmFindings(database)).toEqual([]);
  }));

test("a failed shot is sent again twice at once: it is one job, in the open envelope", () =>
  withSeed(async (random) => {
    const [user = ""] = await createUsers(database, 1, 100_000);
    const sessions = await openSessions(database, 4, "authenticated", user);
    const [owner] = sessions as [pg.Client];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { jobs } = await film(user, owner);
      const [failed, ...others] = jobs as [JobRow, ...JobRow[]];
      await ask(worker, failSql, [failed.id, failed.lock_token, false]);
      const stays = random.chance(0.5) ? 1 : 0;
      // The envelope may end at this very moment: then the retry pays for itself.
      const [, ...answers] = await Promise.all([
        finishAll(second, others.slice(stays)),
        ...sessions.map((session) => ask(session, retrySql, [failed.subject_id])),
      ]);
      expectToldOf(answers, []);
      const open = await database.query<{ id: string }>(
        "select id from public.jobs where subject_id = $1 and finished_at is null",
        [failed.subject_id],
      );
      expect(open).toHaveLength(1);
      await finishAll(worker, [
        ...(await claimAll(worker, ["video.generate"])),
        ...others.slice(0, stays),
      ]);
      expect((await creditsOf(database, user)).held).toBe(0);
      await owner.query("delete from video.generations");
    }
    expect(await filmFindings(database)).toEqual([]);
  }));

test("one storyboard, asked for at once: one run", async () => {
  const [user = ""] = await createUsers(database, 1, 1000);
  const sessions = await openSessions(database, 6, "authenticated", user);
  for (const run of [randomUUID(), null]) {
    const { storyboard } = await createStoryboard(database, user, SHOTS);
    const before = await creditsOf(database, user);
    const answers = await Promise.all(
      sessions.map((session) => ask(session, filmSql, [storyboard, run])),
    );
    expect(rowsOf(answers)).toHaveLength(run ? 6 : 1);
    expectToldOf(answers, run ? [] : ["PT409 storyboard_running"]);
    const after = await creditsOf(database, user);
    expect(after.held - before.held).toBe(SHOTS * PRICE);
  }
  expect(await filmFindings(database)).toEqual([]);
});

test("two storyboards of one account that pays for one", async () => {
  const [user = ""] = await createUsers(database, 1, 100);
  await database.query("select public.spend_credits($1, 100 - $2)", [user, SHOTS * PRICE]);
  const sessions = (await openSessions(database, 2, "authenticated", user)) as [
    pg.Client,
    pg.Client,
  ];
  const boards = [
    await createStoryboard(database, user, SHOTS),
    await createStoryboard(database, user, SHOTS),
  ];
  const answers = await collide(database, user, () =>
    boards.slice(0, 1).map(({ storyboard }) => ask(sessions[0], filmSql, [storyboard, null])),
  );
  const later = await ask(sessions[1], filmSql, [boards[1]?.storyboard, null]);
  expect(named(answers[0]?.refusal)).toBe("done");
  expect(named(later.refusal)).toBe("PT402 insufficient_credits");
  expect(await filmFindings(database)).toEqual([]);
});

test("a user who leaves while shots run takes all of them along", () =>
  withSeed(async (random) => {
    const users = await createUsers(database, ROUNDS / 2, 1000);
    for (const user of users) {
      const [owner, leaver] = (await openSessions(database, 2, "authenticated", user)) as [
        pg.Client,
        pg.Client,
      ];
      const { jobs } = await film(user, owner);
      const [failed, ...others] = jobs as [JobRow, ...JobRow[]];
      await ask(worker, failSql, [failed.id, failed.lock_token, false]);
      const answers = await Promise.all([
        pause(random.int(0, 3)).then(() => ask(leaver, "select public.delete_my_account()")),
        pause(random.int(0, 3)).then(() => finish(worker, others[0] as JobRow)),
        pause(random.int(0, 3)).then(() => finish(second, others[1] as JobRow)),
        pause(random.int(0, 3)).then(() => ask(owner, retrySql, [failed.subject_id])),
      ]);
      expectToldOf(answers, [
        "PT409 lease_lost",
        "PT404 generation_not_found",
        "PT403 profile_missing",
        "PT403 account_suspended",
      ]);
      const [left] = await database.query<{ rows: number; open: number }>(
        `select
           (select count(*)::integer from video.generations where user_id = $1) as rows,
           (select count(*)::integer from public.jobs
            where user_id = $1 and finished_at is null and type <> 'storage.remove_files') as open`,
        [user],
      );
      expect(left).toEqual({ rows: 0, open: 0 });
      await owner.end();
      await leaver.end();
    }
    expect(await filmFindings(database)).toEqual([]);
  }));
