import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FreshDatabase } from "../../support/database.ts";
import { findings } from "../support/invariants.ts";
import { withSeed } from "../support/random.ts";
import { ask, named, openSessions, pause, raceDatabase } from "../support/sessions.ts";
import {
  cancelSql,
  claimAll,
  completeSql,
  createImages,
  createUsers,
  creditsOf,
  failSql,
  type JobRow,
  liftCaps,
  resultOf,
} from "../support/world.ts";

/**
 * A pipeline goes from step to step in the transactions that end its jobs, while its
 * user cancels and deletes: it ends once, pays for what was done, and nothing is left
 * held or waiting.
 */
const ROUNDS = 120;
let database: FreshDatabase;
let worker: pg.Client;
let owner: pg.Client;
beforeAll(async () => {
  database = await raceDatabase();
  await liftCaps(database);
  [worker] = (await openSessions(database, 1, "service_role")) as [pg.Client];
  [owner] = (await openSessions(database, 1)) as [pg.Client];
});
afterAll(() => database?.close());

const TYPES = ["editor.upscale", "editor.background_removal", "editor.vectorize"];
// Lanes are locked by name: a step goes back in their order, and the next one forward.
const STEPS = JSON.stringify([
  { operation_type: "upscale" },
  { operation_type: "background_removal" },
  { operation_type: "vectorize" },
]);
const PRICES = [1, 1, 2];

const askSql =
  "insert into editor.image_pipelines (image_id, steps) select i, $2::jsonb from unnest($1::uuid[]) as i returning id";

const complete = (session: pg.ClientBase, job: JobRow) =>
  ask<JobRow>(session, completeSql, [job.id, job.lock_token, resultOf(job)]);

async function start(session: pg.ClientBase, jobs: JobRow[]): Promise<void> {
  for (const job of jobs) {
    await session.query("select public.start_job($1, $2)", [job.id, job.lock_token]);
  }
}

/** Pipelines, one an image, whose first `done` steps have succeeded and whose next one runs. */
async function running(user: string, count: number, done: number): Promise<JobRow[]> {
  const images = await createImages(database, user, count);
  await database.query(askSql, [images, STEPS]);
  for (let step = 0; ; step++) {
    const jobs = await claimAll(worker, TYPES);
    await start(worker, jobs);
    if (step === done) return jobs;
    for (const job of jobs) expect(named((await complete(worker, job)).refusal)).toBe("done");
  }
}

const spentOn = (done: number): number => PRICES.slice(0, done).reduce((sum, one) => sum + one, 0);

describe("a step that succeeds", () => {
  const deletions: [string, string][] = [
    [
      "its image",
      "delete from editor.images where id = (select image_id from editor.image_operations where id = $1)",
    ],
    [
      "its pipeline",
      "delete from editor.image_pipelines where id = (select pipeline_id from editor.image_operations where id = $1)",
    ],
  ];
  test.each(deletions)("against the deletion of %s", (_, sql) =>
    withSeed(async (random) => {
      const [user = ""] = await createUsers(database, 1, 5000);
      const [deleter] = (await openSessions(database, 1, "authenticated", user)) as [pg.Client];
      let balance = 5000;
      const endings: Record<string, number> = {};
      for (const done of [0, 1, 2]) {
        for (const job of await running(user, ROUNDS / 3, done)) {
          const late = random.pick([0, 0, 1, 2]);
          const first = random.chance(0.5);
          const [completed, deleted] = await Promise.all([
            pause(first ? late : 0).then(() => complete(worker, job)),
            pause(first ? 0 : late).then(() => ask(deleter, sql, [job.subject_id])),
          ]);
          expect(named(deleted.refusal)).toBe("done");
          expect(["done", "PT409 lease_lost"]).toContain(named(completed.refusal));
          balance -= spentOn(completed.refusal ? done : done + 1);
          endings[named(completed.refusal)] = (endings[named(completed.refusal)] ?? 0) + 1;
        }
      }
      expect(Object.keys(endings).sort()).toEqual(["PT409 lease_lost", "done"]);
      expect(await creditsOf(database, user)).toEqual({ balance, held: 0, debt: 0 });
      const open = await database.query(
        "select id from public.jobs where user_id = $1 and finished_at is null and type like 'editor.%'",
        [user],
      );
      expect(open).toEqual([]);
      expect(await findings(database)).toEqual([]);
    }),
  );

  test("against the deletion of its user", () =>
    withSeed(async (random) => {
      const users = await createUsers(database, ROUNDS);
      const endings: Record<string, number> = {};
      for (const [index, user] of users.entries()) {
        const done = index % 3;
        const [job] = (await running(user, 1, done)) as [JobRow];
        const late = random.pick([0, 0, 1, 2]);
        const first = random.chance(0.5);
        const [completed, deleted] = await Promise.all([
          pause(first ? late : 0).then(() => complete(worker, job)),
          pause(first ? 0 : late).then(() => ask(owner, "select tests.delete_user($1)", [user])),
        ]);
        expect(named(deleted.refusal)).toBe("done");
        expect(["done", "PT409 lease_lost"]).toContain(named(completed.refusal));
        const spent = spentOn(completed.refusal ? done : done + 1);
        expect(await creditsOf(database, user)).toEqual({ balance: 100 - spent, held: 0, debt: 0 });
        endings[named(completed.refusal)] = (endings[named(completed.refusal)] ?? 0) + 1;
      }
      expect(Object.keys(endings).sort()).toEqual(["PT409 lease_lost", "done"]);
      const open = await database.query(
        "select id from public.jobs where finished_at is null and type like 'editor.%'",
      );
      expect(open).toEqual([]);
      expect(await findings(database)).toEqual([]);
    }));

  test("against requests and ends of the types before and after it: no lane is waited for in a circle", () =>
    withSeed(async (random) => {
      const [user = ""] = await createUsers(database, 1, 20_000);
      const sessions = await openSessions(database, 8, "service_role");
      const images = await createImages(database, user, 40);
      const told = new Map<string, number>();
      const note = (word: string) => told.set(word, (told.get(word) ?? 0) + 1);
      await Promise.all(
        sessions.map(async (session) => {
          for (let round = 0; round < 60; round++) {
            const some = random.shuffle(images).slice(0, 3);
            const way = random.pick(["pipeline", "pipeline", "operations", "work", "work", "work"]);
            if (way === "pipeline") {
              note(named((await ask(session, askSql, [some, STEPS])).refusal));
            } else if (way === "operations") {
              // One statement of all three types locks their lanes by name.
              const sql = `insert into editor.image_operations (image_id, operation_type)
                select i, t from unnest($1::uuid[], array['upscale', 'background_removal', 'vectorize']) as r (i, t)`;
              note(named((await ask(session, sql, [some])).refusal));
            } else {
              const { rows } = await session.query<JobRow>(
                "select * from public.claim_jobs('a worker', 5, $1)",
                [TYPES],
              );
              if (random.chance(0.4)) {
                const many = rows.map((job) => ({
                  job_id: job.id,
                  lock_token: job.lock_token,
                  result: JSON.parse(resultOf(job)),
                }));
                const sql = "select count(*) from public.complete_jobs($1)";
                note(named((await ask(session, sql, [JSON.stringify(many)])).refusal));
              } else {
                for (const job of rows) note(named((await complete(session, job)).refusal));
              }
            }
          }
        }),
      );
      expect([...told.keys()]).toEqual(["done"]);
      // What is left goes to its end.
      for (;;) {
        const jobs = await claimAll(worker, TYPES);
        if (jobs.length === 0) break;
        for (const job of jobs) await complete(worker, job);
      }
      const [row] = await database.query<{ open: number; completed: number }>(
        `select
           count(*) filter (where status <> 'completed')::integer as open,
           count(*) filter (where status = 'completed')::integer as completed
         from editor.image_pipelines where user_id = $1`,
        [user],
      );
      expect(row?.open).toBe(0);
      expect(row?.completed).toBeGreaterThan(0);
      expect((await creditsOf(database, user)).held).toBe(0);
      expect(await findings(database)).toEqual([]);
    }));
});

test("pipelines whose user asks, cancels and deletes while workers succeed and fail", () =>
  withSeed(async (random) => {
    const [user = ""] = await createUsers(database, 1, 50_000);
    const users = await openSessions(database, 4, "authenticated", user);
    const workers = await openSessions(database, 4, "service_role");
    await createImages(database, user, 20);
    const told = new Map<string, number>();
    const note = (word: string) => told.set(word, (told.get(word) ?? 0) + 1);
    const some = (table: string) => `(select id from editor.${table} order by random() limit 1)`;
    const asks = {
      pipeline: [
        `insert into editor.image_pipelines (image_id, steps) select ${some("images")}, '${STEPS}'`,
      ],
      operation: [
        `insert into editor.image_operations (image_id, operation_type) select ${some("images")}, 'vectorize'`,
      ],
      cancel: [
        cancelSql.replace(
          "$1",
          "(select id from public.jobs where finished_at is null and type like 'editor.%' order by random() limit 1)",
        ),
      ],
      deletePipeline: [`delete from editor.image_pipelines where id = ${some("image_pipelines")}`],
      deleteOperation: [
        "delete from editor.image_operations where id = (select id from editor.image_operations where pipeline_id is null order by random() limit 1)",
      ],
      deleteImage: [`delete from editor.images where id = ${some("images")}`],
    };
    const names = Object.keys(asks) as (keyof typeof asks)[];
    await Promise.all([
      ...users.map(async (session) => {
        for (let round = 0; round < 80; round++) {
          const name = random.chance(0.6)
            ? "pipeline"
            : random.pick(names.filter((one) => one !== "deleteImage" || random.chance(0.2)));
          const [sql = ""] = asks[name];
          note(named((await ask(session, sql)).refusal));
        }
      }),
      ...workers.map(async (session) => {
        for (let round = 0; round < 80; round++) {
          const { rows } = await session.query<JobRow>(
            "select * from public.claim_jobs('a worker', 4, $1)",
            [TYPES],
          );
          for (const job of rows) {
            const started = await ask(session, "select public.start_job($1, $2)", [
              job.id,
              job.lock_token,
            ]);
            note(named(started.refusal));
            const ended = random.chance(0.8)
              ? await complete(session, job)
              : await ask(session, failSql, [job.id, job.lock_token, random.chance(0.5)]);
            note(named(ended.refusal));
          }
        }
      }),
    ]);
    const allowed = [
      "done",
      "PT404 image_not_found",
      "PT404 job_not_found",
      "PT409 job_already_ended",
      "PT409 lease_lost",
    ];
    expect([...told.keys()].filter((word) => !allowed.includes(word))).toEqual([]);
    expect(await findings(database)).toEqual([]);
    expect(named((await ask(owner, "select tests.delete_user($1)", [user])).refusal)).toBe("done");
    expect((await creditsOf(database, user)).held).toBe(0);
    expect(await findings(database)).toEqual([]);
  }));

test("an image expires while work on it is asked for: the work is done, or not taken", () =>
  withSeed(async (random) => {
    const [user = ""] = await createUsers(database, 1, 5000);
    const [asker] = (await openSessions(database, 1, "authenticated", user)) as [pg.Client];
    await database.query("select private.set_setting('editor_keep_days_free', '1')");
    const images = await createImages(database, user, ROUNDS);
    const words = new Set<string>();
    for (const image of images) {
      const late = random.pick([0, 0, 1, 2]);
      const first = random.chance(0.5);
      const [asked, expired] = await Promise.all([
        pause(first ? late : 0).then(() => ask<{ id: string }>(asker, askSql, [[image], STEPS])),
        pause(first ? 0 : late).then(() =>
          ask(owner, "select private.editor_expire_image($1, now() + interval '2 days')", [image]),
        ),
      ]);
      expect(named(expired.refusal)).toBe("done");
      words.add(named(asked.refusal));
      const left = await database.query("select id from editor.image_pipelines where id = $1", [
        asked.row?.id ?? null,
      ]);
      expect(left).toHaveLength(asked.refusal ? 0 : 1);
    }
    expect([...words].sort()).toEqual(["PT404 image_not_found", "done"]);
    expect(await findings(database)).toEqual([]);
  }));
