import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FreshDatabase } from "../../support/database.ts";
import { findings } from "../support/invariants.ts";
import { withSeed } from "../support/random.ts";
import { ask, named, openSessions, pause, raceDatabase, rowsOf } from "../support/sessions.ts";
import {
  claimAll,
  completeSql,
  createUsers,
  type JobRow,
  liftCaps,
  resultOf,
} from "../support/world.ts";

/** The user deletes the image, the project or the account while its job ends: it ends once. */
const ROUNDS = 100;
let database: FreshDatabase;
let worker: pg.Client;
let owner: pg.Client;
beforeAll(async () => {
  database = await raceDatabase();
  await liftCaps(database);
  await database.query("update public.plans set monthly_limit = null where code = 'free'");
  [worker] = (await openSessions(database, 1, "service_role")) as [pg.Client];
  [owner] = (await openSessions(database, 1)) as [pg.Client];
});
afterAll(() => database?.close());

const photoOf = (user: string): string => `${user}/room.jpg`;

/** Images of the user, each in a project of its own, whose jobs run. */
async function running(user: string, count: number): Promise<JobRow[]> {
  await database.query(
    "insert into storage.objects (bucket_id, name) values ('uploads', $1) on conflict do nothing",
    [photoOf(user)],
  );
  await database.query(
    `with project as (
       insert into staging.projects (user_id, name)
       select $1::uuid, 'Villa' from generate_series(1, $3) returning id
     )
     insert into staging.images (project_id, original_url, style)
     select p.id, $2, 'modern' from project as p`,
    [user, photoOf(user), count],
  );
  return claimAll(worker, ["stage:run"]);
}

const complete = (job: JobRow) =>
  ask<JobRow>(worker, completeSql, [job.id, job.lock_token, resultOf(job)]);

describe("a job that completes", () => {
  const deletions: [string, string][] = [
    ["its image", "delete from staging.images where id = $1"],
    [
      "its project",
      "delete from staging.projects where id = (select project_id from staging.images where id = $1)",
    ],
  ];
  test.each(deletions)("against the deletion of %s", (_, sql) =>
    withSeed(async (random) => {
      const [user = ""] = await createUsers(database, 1);
      const [deleter] = (await openSessions(database, 1, "authenticated", user)) as [pg.Client];
      const words = new Set<string>();
      for (const job of await running(user, ROUNDS)) {
        const late = random.pick([0, 0, 1, 2]);
        const first = random.chance(0.5);
        const [completed, deleted] = await Promise.all([
          pause(first ? late : 0).then(() => complete(job)),
          pause(first ? 0 : late).then(() => ask(deleter, sql, [job.subject_id])),
        ]);
        expect(named(deleted.refusal)).toBe("done");
        words.add(named(completed.refusal));
      }
      expect([...words].sort()).toEqual(["PT409 lease_lost", "done"]);
      const left = await database.query(
        `select id from public.jobs where user_id = $1 and finished_at is null and type = 'stage:run'
         union all select id from staging.images where user_id = $1`,
        [user],
      );
      expect(left).toEqual([]);
      expect(await findings(database)).toEqual([]);
    }),
  );

  test("against the deletion of its user", () =>
    withSeed(async (random) => {
      const words = new Set<string>();
      const users = await createUsers(database, ROUNDS);
      for (const user of users) {
        const [job] = (await running(user, 1)) as [JobRow];
        const late = random.pick([0, 0, 1, 2]);
        const first = random.chance(0.5);
        const [completed, deleted] = await Promise.all([
          pause(first ? late : 0).then(() => complete(job)),
          pause(first ? 0 : late).then(() => ask(owner, "select tests.delete_user($1)", [user])),
        ]);
        expect(named(deleted.refusal)).toBe("done");
        words.add(named(completed.refusal));
      }
      expect([...words].sort()).toEqual(["PT409 lease_lost", "done"]);
      const left = await database.query(
        `select id from public.jobs where finished_at is null and type = 'stage:run'
         union all select id from staging.images where user_id = any ($1)
         union all select id from staging.projects where user_id = any ($1)`,
        [users],
      );
      expect(left).toEqual([]);
      expect(await findings(database)).toEqual([]);
    }));
});

test("clicks for the same photo once more at once: one is taken", async () => {
  const [user = ""] = await createUsers(database, 1);
  const [job] = (await running(user, 1)) as [JobRow];
  await complete(job);
  const sessions = await openSessions(database, 6, "authenticated", user);
  const answers = await Promise.all(
    sessions.map((session) =>
      ask(session, "select id from staging.stage_again($1)", [job.subject_id]),
    ),
  );
  expect(rowsOf(answers)).toHaveLength(1);
  expect(new Set(answers.map((answer) => named(answer.refusal)))).toEqual(
    new Set(["done", "PT409 image_in_work"]),
  );
  expect(await findings(database)).toEqual([]);
});
