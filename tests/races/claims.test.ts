import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asOwner, asUser, type FreshDatabase } from "../support/database.ts";
import { findings, laneFindings } from "./support/invariants.ts";
import { type Random, withSeed } from "./support/random.ts";
import { ask, named, openSessions, pause, raceDatabase } from "./support/sessions.ts";
import {
  type Completion,
  cancelSql,
  claim,
  claimAll,
  completeManySql,
  completeSql,
  completionsOf,
  createImages,
  createUsers,
  creditsOf,
  failSql,
  insertOperationSql,
  type JobRow,
  operationsOn,
  reapSql,
  requestOperations,
  resultOf,
} from "./support/world.ts";

const WORKERS = 16;
const CAP = 4;
let database: FreshDatabase;
let workers: pg.Client[];
let owners: pg.Client[];
beforeAll(async () => {
  database = await raceDatabase();
  workers = await openSessions(database, WORKERS, "service_role");
  owners = await openSessions(database, 6);
});
afterAll(() => database?.close());

const TYPES = ["editor.generate", "editor.upscale"];

/** Looks at what runs, over and over, while something goes on; gives the most that one user had of one type. */
async function mostRunningDuring(storm: () => Promise<void>): Promise<number> {
  let most = 0;
  let over = false;
  const watch = async (): Promise<void> => {
    while (!over) {
      const [row] = await database.query<{ most: number }>(
        `select coalesce(max(r.n), 0)::integer as most
         from (
           select count(*) as n from public.jobs as j
           where j.status in ('processing', 'waiting') and j.type = any ($1)
           group by j.type, j.user_id
         ) as r`,
        [TYPES],
      );
      most = Math.max(most, row?.most ?? 0);
      await pause(10);
    }
  };
  await Promise.all([
    watch(),
    storm().finally(() => {
      over = true;
    }),
  ]);
  return most;
}

/** What the workers themselves believe to hold, by type and user. */
class Hands {
  readonly attempts = new Set<string>();
  readonly twice: string[] = [];
  private readonly held = new Map<string, number>();
  most = 0;

  take(job: JobRow): void {
    const attempt = `${job.id} ${job.lock_token}`;
    if (this.attempts.has(attempt)) this.twice.push(attempt);
    this.attempts.add(attempt);
    this.count(job, 1);
  }

  /** Before the end is sent: from then on the slot may be somebody else's. */
  drop(job: JobRow): void {
    this.count(job, -1);
  }

  private count(job: JobRow, by: number): void {
    const key = `${job.type} ${job.user_id}`;
    const held = (this.held.get(key) ?? 0) + by;
    this.held.set(key, held);
    this.most = Math.max(this.most, held);
  }
}

test("16 workers over 50 users with 40 jobs each: each job claimed once, no cap broken, nothing left", () =>
  withSeed(async (random) => {
    const users = await createUsers(database, 50, 500);
    for (const user of users) {
      await requestOperations(database, await createImages(database, user, 40));
    }
    const hands = new Hands();
    const claimed: string[] = [];
    // In heats, so that there are moments in which nothing moves.
    const most = await mostRunningDuring(async () => {
      for (let left = 2000; left > 0; ) {
        let heat = Math.min(left, random.int(200, 900));
        left -= heat;
        await Promise.all(
          workers.map(async (session) => {
            for (let misses = 0; heat > 0 && misses < 200; ) {
              const want = Math.min(heat, random.int(1, 5));
              heat -= want;
              const jobs = await claim(session, want);
              heat += want - jobs.length;
              misses = jobs.length === 0 ? misses + 1 : 0;
              for (const job of jobs) {
                hands.take(job);
                claimed.push(`${job.id} ${job.attempts}`);
              }
              for (const job of jobs) hands.drop(job);
              if (jobs.length > 0 && random.chance(0.5)) {
                const many = await ask<{ told: Completion[] }>(session, completeManySql, [
                  completionsOf(jobs),
                ]);
                expect(named(many.refusal)).toBe("done");
                expect(many.row?.told.map((each) => each.error)).toEqual(jobs.map(() => null));
                continue;
              }
              for (const job of jobs) {
                const told = await ask(session, completeSql, [
                  job.id,
                  job.lock_token,
                  resultOf(job),
                ]);
                expect(named(told.refusal)).toBe("done");
              }
            }
          }),
        );
        left += heat;
        expect(await laneFindings(database)).toEqual([]);
      }
    });

    expect(claimed).toHaveLength(2000);
    expect(new Set(claimed).size).toBe(2000);
    expect(hands.twice).toEqual([]);
    expect(hands.most).toBeLessThanOrEqual(CAP);
    expect(most).toBeLessThanOrEqual(CAP);
    const open = await database.query("select id from public.jobs where finished_at is null");
    expect(open).toEqual([]);
    const lanes = await database.query(
      "select queued, running, count(*)::integer as n from private.job_lanes group by queued, running",
    );
    expect(lanes).toEqual([{ queued: 0, running: 0, n: 50 }]);
    expect(await creditsOf(database, users[0] as string)).toEqual({
      balance: 380,
      held: 0,
      debt: 0,
    });
    expect(await findings(database)).toEqual([]);
  }));

type Storm = {
  random: Random;
  users: string[];
  hands: Hands;
  codes: Map<string, number>;
  /** Jobs whose worker vanished: only a reaper ends them. */
  abandoned: JobRow[];
};

const note = (storm: Storm, told: string): void => {
  storm.codes.set(told, (storm.codes.get(told) ?? 0) + 1);
};

async function workOnce(storm: Storm, session: pg.Client): Promise<void> {
  const { random, hands } = storm;
  const told = await ask<{ jobs: JobRow[] }>(
    session,
    "select coalesce(jsonb_agg(to_jsonb(c)), '[]') as jobs from public.claim_jobs('a worker', $1, $2) as c",
    [random.int(1, 3), TYPES],
  );
  if (told.refusal) return note(storm, named(told.refusal));
  for (const job of told.row.jobs) {
    hands.take(job);
    const token = [job.id, job.lock_token];
    const started = await ask(session, "select public.start_job($1, $2)", token);
    note(storm, named(started.refusal));
    if (random.chance(0.3)) {
      const beat = await ask(session, "select public.heartbeat_job($1, $2, 50)", token);
      note(storm, named(beat.refusal));
    }
    hands.drop(job);
    const dice = random.int(1, 100);
    if (dice > 96) {
      storm.abandoned.push(job);
      continue;
    }
    const ended =
      dice <= 55
        ? await ask(session, completeSql, [...token, resultOf(job)])
        : dice <= 68
          ? await ask(session, failSql, [...token, true])
          : dice <= 78
            ? await ask(session, failSql, [...token, false])
            : dice <= 87
              ? await ask(session, "select public.snooze_job($1, $2, now())", token)
              : await ask(session, "select public.snooze_job($1, $2, now(), $3)", [
                  ...token,
                  JSON.stringify({ provider: "local", external_id: `${job.id}-${job.attempts}` }),
                ]);
    note(storm, named(ended.refusal));
  }
}

/** Everything that can befall a user's work from outside. */
async function meddleOnce(storm: Storm, session: pg.Client): Promise<void> {
  const { random } = storm;
  const user = random.pick(storm.users);
  const [found] = (
    await session.query<{ image: string; job: string; operation: string; attempts: number }>(
      `select o.image_id as image, j.id as job, o.id as operation, j.attempts
       from editor.image_operations as o join public.jobs as j on j.subject_id = o.id
       where o.user_id = $1 order by random() limit 1`,
      [user],
    )
  ).rows;
  if (!found) return;
  const dice = random.int(1, 100);
  if (dice <= 40) {
    const type = random.pick(["generate", "upscale"]);
    const told = await ask(session, insertOperationSql, operationsOn([found.image], type));
    return note(storm, named(told.refusal));
  }
  if (dice <= 60) {
    await asUser(session, user);
    const told = await ask(session, cancelSql, [found.job]);
    await asOwner(session);
    return note(storm, named(told.refusal));
  }
  const [text, values]: [string, unknown[]] =
    dice <= 68
      ? ["delete from editor.images where id = $1", [found.image]]
      : dice <= 74
        ? ["delete from editor.image_operations where id = $1", [found.operation]]
        : dice <= 84
          ? // A reaper whose clock is behind every lease.
            [reapSql, [found.job, new Date(Date.now() + 60_000)]]
          : dice <= 98
            ? [
                "select public.record_provider_callback('local', $1, '{\"ok\": true}')",
                [`${found.job}-${found.attempts}`],
              ]
            : ["select tests.delete_user($1)", [user]];
  if (dice > 98) storm.users = storm.users.filter((each) => each !== user);
  note(storm, named((await ask(session, text, values)).refusal));
}

/** Words of the gate and of the fence; all else, a deadlock first, is a defect. */
const EXPECTED = new Set([
  "done",
  "PT402 insufficient_credits",
  "PT403 account_closed",
  "PT403 account_suspended",
  "PT403 profile_missing",
  "PT404 image_not_found",
  "PT404 job_not_found",
  "PT409 job_already_ended",
  "PT409 lease_lost",
]);

test("the same with failures, snoozes, vanished workers, cancels, deletions and leaving users", () =>
  withSeed(async (random) => {
    await database.query(
      "update public.job_types set backoff = '1 millisecond', max_backoff = '1 millisecond'",
    );
    const users = await createUsers(database, 30, 200);
    for (const user of users) {
      const images = await createImages(database, user, 8);
      await requestOperations(database, images, "generate");
      await requestOperations(database, images, "upscale");
    }
    const storm: Storm = {
      random,
      users: [...users],
      hands: new Hands(),
      codes: new Map(),
      abandoned: [],
    };
    const most = await mostRunningDuring(async () => {
      for (let heat = 0; heat < 8; heat++) {
        const rounds = random.int(5, 25);
        await Promise.all([
          ...workers.map(async (session) => {
            for (let round = 0; round < rounds; round++) await workOnce(storm, session);
          }),
          ...owners.map(async (session) => {
            for (let round = 0; round < rounds * 2; round++) await meddleOnce(storm, session);
          }),
        ]);
        expect(await laneFindings(database)).toEqual([]);
      }
    });
    const unexpected = [...storm.codes].filter(([code]) => !EXPECTED.has(code));
    expect(unexpected).toEqual([]);
    expect(storm.hands.twice).toEqual([]);
    expect(most).toBeLessThanOrEqual(CAP);

    // The storm is over: whoever vanished is reaped, and all that is left is done.
    const later = new Date(Date.now() + 120_000);
    for (const job of storm.abandoned) await ask(owners[0] as pg.Client, reapSql, [job.id, later]);
    const [worker] = workers as [pg.Client];
    for (let idle = 0; idle < 2; ) {
      const { rows } = await (owners[0] as pg.Client).query<JobRow>(
        "select * from private.claim_jobs('the last', 1000, $1, $2)",
        [TYPES, later],
      );
      idle = rows.length === 0 ? idle + 1 : 0;
      for (const job of rows) {
        const told = await ask(worker, completeSql, [job.id, job.lock_token, resultOf(job)]);
        expect(named(told.refusal)).toBe("done");
      }
    }
    const lost = await database.query(
      "select id, status, type, attempts, run_at, error from public.jobs where finished_at is null and type = any ($1)",
      [TYPES],
    );
    expect(lost).toEqual([]);
    const lanes = await database.query(
      "select * from private.job_lanes where type = any ($1) and (queued <> 0 or running <> 0)",
      [TYPES],
    );
    expect(lanes).toEqual([]);
    const [held] = await database.query<{ held: number }>(
      "select sum(held)::integer as held from public.credit_accounts",
    );
    expect(held?.held).toBe(0);
    expect(await findings(database)).toEqual([]);

    // Files of deleted images: each has its own job for the storage service.
    const removals = await claimAll(worker, ["storage.remove_files"]);
    for (const job of removals) {
      await ask(worker, completeSql, [job.id, job.lock_token, "{}"]);
    }
    expect(await laneFindings(database)).toEqual([]);
  }));
