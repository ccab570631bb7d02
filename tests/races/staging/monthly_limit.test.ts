import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FreshDatabase } from "../../support/database.ts";
import { findings } from "../support/invariants.ts";
import { withSeed } from "../support/random.ts";
import { ask, named, openSessions, raceDatabase, refusalsOf, rowsOf } from "../support/sessions.ts";
import { cancelSql, createUsers } from "../support/world.ts";

const LIMIT = 10;
const SESSIONS = 8;
let database: FreshDatabase;
beforeAll(async () => {
  database = await raceDatabase();
  await database.query("update public.plans set monthly_limit = $1 where code = 'free'", [LIMIT]);
});
afterAll(() => database?.close());

const insertImageSql =
  "insert into staging.images (project_id, original_url) select $1, $2 from generate_series(1, $3) returning id";

async function createProject(user: string): Promise<{ project: string; photo: string }> {
  const photo = `${user}/room.jpg`;
  await database.query("insert into storage.objects (bucket_id, name) values ('uploads', $1)", [
    photo,
  ]);
  const [row] = await database.query<{ id: string }>(
    "insert into staging.projects (user_id, name) values ($1, 'Villa') returning id",
    [user],
  );
  return { project: row?.id ?? "", photo };
}

/** Each session asks for images until it is refused. */
async function askUntilRefused(
  sessions: pg.Client[],
  once: (session: pg.Client) => ReturnType<typeof ask>,
) {
  const answers = await Promise.all(
    sessions.map(async (session) => {
      const told = [];
      do told.push(await once(session));
      while (!told.at(-1)?.refusal && told.length < 100);
      return told;
    }),
  );
  return answers.flat();
}

test("a plan's limit is not passed by asking at once", async () => {
  const [user = ""] = await createUsers(database, 1);
  const { project, photo } = await createProject(user);
  const sessions = await openSessions(database, SESSIONS, "authenticated", user);
  const answers = await askUntilRefused(sessions, (session) =>
    ask(session, insertImageSql, [project, photo, 1]),
  );
  expect(rowsOf(answers)).toHaveLength(LIMIT);
  expect(new Set(refusalsOf(answers).map(named))).toEqual(new Set(["PT403 monthly_limit_reached"]));
  const [count] = await database.query<{ images: number; jobs: number }>(
    `select
       (select count(*)::integer from staging.images where user_id = $1) as images,
       (select count(*)::integer from public.jobs where user_id = $1 and type = 'stage:run') as jobs`,
    [user],
  );
  expect(count).toEqual({ images: LIMIT, jobs: LIMIT });
  expect(await findings(database)).toEqual([]);
});

test("nor while others are cancelled and deleted", () =>
  withSeed(async (random) => {
    const [user = ""] = await createUsers(database, 1);
    const { project, photo } = await createProject(user);
    const sessions = await openSessions(database, SESSIONS, "authenticated", user);
    const told: string[] = [];
    await Promise.all(
      sessions.map(async (session) => {
        for (let round = 0; round < 60; round += 1) {
          const answer = await (random.chance(0.6)
            ? ask(session, insertImageSql, [project, photo, random.chance(0.5) ? 1 : 3])
            : random.chance(0.5)
              ? ask(
                  session,
                  "delete from staging.images where id = (select id from staging.images order by random() limit 1)",
                )
              : ask(
                  session,
                  cancelSql.replace(
                    "$1",
                    "(select id from staging.jobs order by random() limit 1)",
                  ),
                ));
          told.push(named(answer.refusal));
        }
      }),
    );
    const [count] = await database.query<{ used: number }>(
      "select used from private.entitlement($1, 'monthly_limit')",
      [user],
    );
    expect(count?.used).toBeLessThanOrEqual(LIMIT);
    const allowed = [
      "done",
      "PT403 monthly_limit_reached",
      "PT404 job_not_found",
      "PT409 job_already_ended",
    ];
    expect(told.filter((word) => !allowed.includes(word))).toEqual([]);
    expect(told).toContain("PT403 monthly_limit_reached");
    expect(await findings(database)).toEqual([]);
  }));
