import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FreshDatabase } from "../../support/database.ts";
import { findings } from "../support/invariants.ts";
import { withSeed } from "../support/random.ts";
import {
  ask,
  closeGate,
  named,
  openSessions,
  pause,
  raceDatabase,
  untilWaiting,
} from "../support/sessions.ts";
import {
  cancelSql,
  claimAll,
  completeSql,
  createUsers,
  type JobRow,
  liftCaps,
} from "../support/world.ts";

/**
 * A campaign's count moves when a job ends (campaign before generation) and when
 * its user deletes or moves a generation, or deletes the campaign. All of them meet.
 */
const ROUNDS = 200;
let database: FreshDatabase;
let worker: pg.Client;
let second: pg.Client;
beforeAll(async () => {
  database = await raceDatabase();
  await liftCaps(database);
  [worker, second] = (await openSessions(database, 2, "service_role")) as [pg.Client, pg.Client];
});
afterAll(() => database?.close());

const countsSql = `
  select c.completed_videos as kept, count(g.id)::integer as real
  from video.campaigns as c
  left join video.generations as g on g.campaign_id = c.id and g.status = 'success'
  group by c.id`;

const complete = (session: pg.Client, job: JobRow) =>
  ask(session, completeSql, [
    job.id,
    job.lock_token,
    JSON.stringify({
      files: [{ kind: "video", bucket: "results", path: `${job.user_id}/${job.id}/video.mp4` }],
    }),
  ]);

/** Two campaigns, and two generations of the first that are being worked on. */
async function begin(user: string): Promise<{ from: string; to: string; jobs: JobRow[] }> {
  const campaigns = await database.query<{ id: string }>(
    "insert into video.campaigns (user_id, name) values ($1, 'one'), ($1, 'two') returning id",
    [user],
  );
  const [from = "", to = ""] = campaigns.map((row) => row.id);
  await database.query(
    `insert into video.generations (user_id, prompt, model, campaign_id)
     select $1, 'A cat', 'veo-fast', $2 from generate_series(1, 2)`,
    [user, from],
  );
  return { from, to, jobs: await claimAll(worker, ["video.generate"]) };
}

test.each([
  ["delete from video.generations where campaign_id = $1"],
  ["update video.generations set campaign_id = null where campaign_id = $1"],
])("campaigns are locked before generations: %s", async (statement) => {
  const [user = ""] = await createUsers(database, 1, 1000);
  const [owner] = (await openSessions(database, 1, "authenticated", user)) as [pg.Client];
  const { from, jobs } = await begin(user);
  const [done, job] = jobs as [JobRow, JobRow];
  expect(named((await complete(worker, done)).refusal)).toBe("done");
  // The owner waits for the second, and takes the first out of the campaign's count.
  const gate = await closeGate(database, "select from video.generations where id = $1 for update", [
    job.subject_id,
  ]);
  const changed = ask(owner, statement, [from]);
  await untilWaiting(database, 1);
  const completed = complete(worker, job);
  await untilWaiting(database, 2);
  await gate.open();
  expect(named((await changed).refusal)).toBe("done");
  expect(["done", "PT409 lease_lost"]).toContain(named((await completed).refusal));
});

test("counts stay right and nobody deadlocks", () =>
  withSeed(async (random) => {
    const [user = ""] = await createUsers(database, 1, 100_000);
    const [owner] = (await openSessions(database, 1, "authenticated", user)) as [pg.Client];
    for (let round = 0; round < ROUNDS; round++) {
      const { from, to, jobs } = await begin(user);
      const [mine, other] = random.shuffle(jobs) as [JobRow, JobRow];
      const way = random.pick(["delete", "move", "drop", "cancel"]);
      const [waitWorker, waitOwner] = random.pick([
        [0, 0],
        [0, 1],
        [1, 0],
        [0, 2],
      ] as const);
      const answers = await Promise.all([
        pause(waitWorker).then(() => complete(worker, mine)),
        pause(waitWorker).then(() => complete(second, other)),
        pause(waitOwner).then(() => {
          if (way === "delete") {
            return ask(owner, "delete from video.generations where campaign_id = $1", [from]);
          }
          if (way === "drop")
            return ask(owner, "delete from video.campaigns where id = $1", [from]);
          if (way === "cancel") return ask(owner, cancelSql, [mine.id]);
          return ask(
            owner,
            "update video.generations set campaign_id = $2 where campaign_id = $1",
            [from, to],
          );
        }),
      ]);
      const told = answers.map((answer) => named(answer.refusal));
      expect(
        told.filter(
          (word) => !["done", "PT409 lease_lost", "PT409 job_already_ended"].includes(word),
        ),
        `${way}: ${told}`,
      ).toEqual([]);
      const counts = await database.query<{ kept: number; real: number }>(countsSql);
      expect(counts.filter((count) => count.kept !== count.real)).toEqual([]);
    }
    expect(await findings(database)).toEqual([]);
  }));
