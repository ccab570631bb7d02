import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FreshDatabase } from "../support/database.ts";
import { findings } from "./support/invariants.ts";
import { type Random, withSeed } from "./support/random.ts";
import {
  type Answer,
  ask,
  closeGate,
  lockAccount,
  named,
  openSessions,
  pause,
  raceDatabase,
  untilWaiting,
} from "./support/sessions.ts";
import {
  type Completion,
  cancelSql,
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
  jobOf,
  liftCaps,
  operationsOn,
  requestOperations,
  resultOf,
} from "./support/world.ts";

/**
 * Locks are taken top-down everywhere: product rows, lane, job, account, hold,
 * lots. Each test lets two paths meet from both sides; a path that takes them in
 * another order shows as 40P01.
 */
const ROUNDS = 200;
let database: FreshDatabase;
let worker: pg.Client;
let other: pg.Client;
let owner: pg.Client;
beforeAll(async () => {
  database = await raceDatabase();
  await liftCaps(database);
  [worker, other] = (await openSessions(database, 2, "service_role")) as [pg.Client, pg.Client];
  [owner] = (await openSessions(database, 1)) as [pg.Client];
});
afterAll(() => database?.close());

type Told = Answer<Record<string, unknown>>;
const deleteImagesSql = "delete from editor.images where id = any ($1)";
const deleteUserSql = "select tests.delete_user($1)";
const complete = (session: pg.ClientBase, job: JobRow) =>
  ask<JobRow>(session, completeSql, [job.id, job.lock_token, resultOf(job)]);

/** Two at once, in either order, one perhaps a moment later. */
async function meet(
  random: Random,
  first: () => Promise<Told>,
  second: () => Promise<Told>,
): Promise<[Told, Told]> {
  const [waitFirst, waitSecond] = random.pick([
    [0, 0],
    [0, 0],
    [0, 1],
    [1, 0],
    [0, 2],
    [2, 0],
  ]) as [number, number];
  const late = async (wait: number, start: () => Promise<Told>): Promise<Told> => {
    if (wait) await pause(wait);
    return start();
  };
  if (random.chance(0.5)) return Promise.all([late(waitFirst, first), late(waitSecond, second)]);
  const [b, a] = await Promise.all([late(waitSecond, second), late(waitFirst, first)]);
  return [a, b];
}

/** Adds up who won; had one always won, nothing would have raced. */
function expectBoth(counts: Record<string, number>): void {
  for (const [name, count] of Object.entries(counts)) {
    expect(count, `${name} of ${JSON.stringify(counts)}`).toBeGreaterThan(0);
  }
}

/** What a job's image left behind: charged and complete, or cancelled and free. */
async function expectEnding(job: JobRow, completed: Told, lost: string[]): Promise<string> {
  const ended = await jobOf(database, job.id);
  if (completed.refusal) {
    expect(lost).toContain(named(completed.refusal));
    expect(ended.status).toBe("cancelled");
  } else {
    expect(ended.status).toBe("completed");
  }
  return ended.status;
}

describe("a job that completes", () => {
  test("against the deletion of its image", () =>
    withSeed(async (random) => {
      const [user = ""] = await createUsers(database, 1, 2000);
      const images = await createImages(database, user, ROUNDS);
      const operations = await requestOperations(database, images);
      const jobs = await claimAll(worker);
      const imageOf = new Map(operations.map((id, index) => [id, images[index] as string]));
      const endings: Record<string, number> = { completed: 0, cancelled: 0 };
      for (const job of jobs) {
        const [completed, deleted] = await meet(
          random,
          () => complete(worker, job),
          () => ask(owner, deleteImagesSql, [[imageOf.get(job.subject_id)]]),
        );
        expect(named(deleted.refusal)).toBe("done");
        const ending = await expectEnding(job, completed, ["PT409 lease_lost"]);
        endings[ending] = (endings[ending] ?? 0) + 1;
      }
      expectBoth(endings);
      expect(await creditsOf(database, user)).toEqual({
        balance: 2000 - 3 * (endings.completed ?? 0),
        held: 0,
        debt: 0,
      });
      expect(await findings(database)).toEqual([]);
    }));

  test("against the deletion of its user", () =>
    withSeed(async (random) => {
      const users = await createUsers(database, ROUNDS);
      for (const user of users) {
        // One runs, one waits in the queue: both end.
        await requestOperations(database, await createImages(database, user, 2));
      }
      const jobs = new Map((await claimAll(worker)).map((job) => [job.user_id, job]));
      const endings: Record<string, number> = { completed: 0, cancelled: 0 };
      for (const user of users) {
        const job = jobs.get(user) as JobRow;
        const [completed, deleted] = await meet(
          random,
          () => complete(worker, job),
          () => ask(owner, deleteUserSql, [user]),
        );
        expect(named(deleted.refusal)).toBe("done");
        const ending = await expectEnding(job, completed, ["PT409 lease_lost"]);
        endings[ending] = (endings[ending] ?? 0) + 1;
        const credits = await creditsOf(database, user);
        expect(credits).toEqual({
          balance: ending === "completed" ? 97 : 100,
          held: 0,
          debt: 0,
        });
      }
      expectBoth(endings);
      const open = await database.query(
        "select id from public.jobs where finished_at is null and type <> 'storage.remove_files'",
      );
      expect(open).toEqual([]);
      expect(await findings(database)).toEqual([]);
    }));

  test("against the end of another operation of the same image, and a new one for it", () =>
    withSeed(async (random) => {
      const [user = ""] = await createUsers(database, 1, 5000);
      const [canceller] = await openSessions(database, 1, "authenticated", user);
      const images = await createImages(database, user, ROUNDS);
      const jobsOf = new Map<string, JobRow[]>();
      for (const type of ["generate", "upscale"]) {
        const operations = await requestOperations(database, images, type);
        const jobs = await claimAll(worker, [`editor.${type}`]);
        for (const job of jobs) {
          const image = images[operations.indexOf(job.subject_id)] as string;
          jobsOf.set(image, [...(jobsOf.get(image) ?? []), job]);
        }
      }
      let spent = 0;
      let held = 0;
      for (const image of images) {
        const [first, second] = jobsOf.get(image) as [JobRow, JobRow];
        const way = random.pick(["complete", "fail", "cancel", "insert"]);
        const [completed, done] = await meet(
          random,
          () => complete(worker, first),
          (): Promise<Told> => {
            if (way === "complete") return complete(other, second);
            if (way === "fail") return ask(other, failSql, [second.id, second.lock_token, false]);
            if (way === "cancel") return ask(canceller as pg.Client, cancelSql, [second.id]);
            return ask(owner, insertOperationSql, operationsOn([image], "upscale"));
          },
        );
        expect([named(completed.refusal), named(done.refusal)]).toEqual(["done", "done"]);
        spent += first.price + (way === "complete" ? second.price : 0);
        held += way === "insert" ? second.price * 2 : 0;
      }
      expect(await creditsOf(database, user)).toEqual({
        balance: 5000 - spent - held,
        held,
        debt: 0,
      });
      expect(await findings(database)).toEqual([]);
    }));
});

/** Operations with ids of our choice: batches go by their order. */
const operationId = (n: number): string => `00000000-0000-4000-8000-0000000000${10 + n}`;
const insertNumbered = (
  session: pg.ClientBase,
  type: string,
  rows: [number: number, image: string][],
): Promise<Told> =>
  ask(
    session,
    `insert into editor.image_operations (id, image_id, operation_type, input_data)
     select (x ->> 0)::uuid, (x ->> 1)::uuid, $2, '{"prompt": "a harbour"}'
     from jsonb_array_elements($1) as x`,
    [JSON.stringify(rows.map(([number, image]) => [operationId(number), image])), type],
  );

describe("many jobs that complete in one call", () => {
  test("against another such call for the same images", async () => {
    const [user = ""] = await createUsers(database, 1, 1000);
    const [one = "", two = ""] = await createImages(database, user, 2);
    await insertNumbered(owner, "generate", [
      [5, one],
      [6, two],
      [7, one],
      [8, two],
    ]);
    const jobs = new Map((await claimAll(worker)).map((job) => [job.subject_id, job]));
    const batch = (...numbers: number[]): unknown[] => [
      completionsOf(numbers.map((number) => jobs.get(operationId(number)) as JobRow)),
    ];
    const lockImage = "select from editor.images where id = $1 for update";
    const gates = [
      await closeGate(database, lockImage, [one]),
      await closeGate(database, lockImage, [two]),
    ];
    // In the order of their operations the first meets image one and then two, the second two and then one.
    const told = [
      ask(worker, completeManySql, batch(5, 8)),
      ask(other, completeManySql, batch(6, 7)),
    ];
    await untilWaiting(database, 2);
    for (const gate of gates) await gate.open();
    expect((await Promise.all(told)).map((each) => named(each.refusal))).toEqual(["done", "done"]);
    expect(await creditsOf(database, user)).toEqual({ balance: 988, held: 0, debt: 0 });
    expect(await findings(database)).toEqual([]);
  });

  test("against single ends, cancels and deletions of the same jobs: each ends once", () =>
    withSeed(async (random) => {
      const [user = ""] = await createUsers(database, 1, 3000);
      const [canceller] = await openSessions(database, 1, "authenticated", user);
      let spent = 0;
      for (let round = 0; round < 60; round++) {
        const images = await createImages(database, user, 5);
        const operations = await requestOperations(database, images);
        const jobs = (await claimAll(worker)).filter((job) => operations.includes(job.subject_id));
        const target = random.pick(jobs);
        const image = images[operations.indexOf(target.subject_id)];
        const way = random.pick(["complete", "fail", "cancel", "delete", "same"]);
        const [many, one] = await meet(
          random,
          () => ask(worker, completeManySql, [completionsOf(random.shuffle(jobs))]),
          (): Promise<Told> => {
            if (way === "complete") return complete(other, target);
            if (way === "fail") return ask(other, failSql, [target.id, target.lock_token, false]);
            if (way === "cancel") return ask(canceller as pg.Client, cancelSql, [target.id]);
            if (way === "delete") return ask(owner, deleteImagesSql, [[image]]);
            return ask(other, completeManySql, [completionsOf(random.shuffle(jobs))]);
          },
        );
        expect(named(many.refusal)).toBe("done");
        expect(["done", "PT409 lease_lost", "PT409 job_already_ended"]).toContain(
          named(one.refusal),
        );
        const told = many.row?.told as Completion[];
        for (const each of told) expect([null, "lease_lost"]).toContain(each.error);
        if (way !== "same") {
          expect(told.filter((each) => each.error === null).length).toBeGreaterThanOrEqual(4);
        }
        const ended = await database.query<{ status: string }>(
          "select status from public.jobs where id = any ($1)",
          [jobs.map((job) => job.id)],
        );
        spent += 3 * ended.filter((job) => job.status === "completed").length;
        const credits = await creditsOf(database, user);
        expect(credits).toEqual({ balance: 3000 - spent, held: 0, debt: 0 });
      }
      expect(await findings(database)).toEqual([]);
    }));
});

describe("whoever comes first to the account", () => {
  let user: string;
  beforeEach(async () => {
    [user = ""] = await createUsers(database, 1, 1000);
  });

  /** The first, then the second, stand before the account; then it opens. */
  async function inTurn(starts: (() => Promise<Told>)[], account = user): Promise<string[]> {
    const gate = await closeGate(database, lockAccount, [account]);
    const told: Promise<Told>[] = [];
    try {
      for (const start of starts) {
        told.push(start());
        await untilWaiting(database, told.length);
      }
    } finally {
      await gate.open();
    }
    return (await Promise.all(told)).map((each) => named(each.refusal));
  }

  async function expectNothingOpen(): Promise<void> {
    const open = await database.query(
      "select id, type, status from public.jobs where user_id = $1 and finished_at is null and type <> 'storage.remove_files'",
      [user],
    );
    expect(open).toEqual([]);
    expect((await creditsOf(database, user)).held).toBe(0);
    expect(await findings(database)).toEqual([]);
  }

  test.each(["background_removal", "vectorize"])(
    "two images go at once while a %s job of a third completes",
    async (type) => {
      // The images' jobs are in two lanes; the third's is in one of them.
      const [one = "", two = "", three = ""] = await createImages(database, user, 3);
      await requestOperations(database, [one], "background_removal");
      await requestOperations(database, [two], "vectorize");
      await requestOperations(database, [three], type);
      const jobs = await claimAll(worker, ["editor.background_removal", "editor.vectorize"]);
      const [third] = await database.query<{ id: string }>(
        "select id from editor.image_operations where image_id = $1",
        [three],
      );
      const job = jobs.find((each) => each.subject_id === third?.id) as JobRow;
      const told = await inTurn([
        () => ask(owner, deleteImagesSql, [[one, two]]),
        () => complete(worker, job),
      ]);
      expect(told).toEqual(["done", "done"]);
      await expectNothingOpen();
    },
  );

  test("an image goes while work on it is asked for", async () => {
    const [image = ""] = await createImages(database, user, 1);
    await requestOperations(database, [image]);
    const told = await inTurn([
      () => ask(owner, deleteImagesSql, [[image]]),
      () => ask(other, insertOperationSql, operationsOn([image])),
    ]);
    expect(told).toEqual(["done", "PT404 image_not_found"]);
    await expectNothingOpen();
  });

  test("a user goes while a new image of theirs comes", async () => {
    const told = await inTurn([
      () => ask(owner, deleteUserSql, [user]),
      () =>
        ask(
          other,
          "insert into editor.images (user_id, original_filename) values ($1, 'x.png') returning id",
          [user],
        ),
    ]);
    // No picture of somebody who left stays behind.
    expect(told).toEqual(["done", "PT403 profile_missing"]);
    await expectNothingOpen();
  });

  test("a user goes after a request that is not committed yet", async () => {
    const requester = await database.connect();
    await requester.query("begin");
    const { rows } = await requester.query<{ id: string }>(
      "insert into editor.images (user_id, original_filename) values ($1, 'x.png') returning id",
      [user],
    );
    await requester.query(insertOperationSql, operationsOn([rows[0]?.id ?? ""]));
    const deleted = ask(owner, deleteUserSql, [user]);
    await untilWaiting(database, 1);
    await requester.query("commit");
    expect(named((await deleted).refusal)).toBe("done");
    await expectNothingOpen();
  });

  test("a user goes while their first payment arrives", async () => {
    const [starter] = await database.query<{ id: string }>(
      "insert into public.checkouts (user_id, package_id, idempotency_key, external_id, credits, unit_amount, currency) select $1::uuid, p.id, 'k', 'cs_' || $1::uuid, 100, 999, 'usd' from public.credit_packages as p where p.code = 'starter' returning id",
      [user],
    );
    const event = {
      id: `evt_${user}`,
      type: "checkout.session.completed",
      data: {
        object: {
          id: `cs_${user}`,
          mode: "payment",
          payment_status: "paid",
          payment_intent: `pi_${user}`,
          customer: `cus_${user}`,
          currency: "usd",
          amount_subtotal: 999,
          metadata: { checkout_id: starter?.id },
        },
      },
    };
    const told = await inTurn([
      () => ask(owner, deleteUserSql, [user]),
      () =>
        ask(worker, "select public.record_webhook_event('stripe', $1)", [JSON.stringify(event)]),
    ]);
    expect(told).toEqual(["done", "done"]);
    // Late money still posts.
    expect((await creditsOf(database, user)).balance).toBe(1100);
    await expectNothingOpen();
  });

  test("two requests for the same two users, whose accounts each meets in another order", async () => {
    const [second = ""] = await createUsers(database, 1, 1000);
    const [mine = ""] = await createImages(database, user, 1);
    const [theirs = ""] = await createImages(database, second, 1);
    const gates = [
      await closeGate(database, lockAccount, [user]),
      await closeGate(database, lockAccount, [second]),
    ];
    // Of two types, so that no lane keeps them apart.
    const told = [
      insertNumbered(worker, "upscale", [
        [1, mine],
        [2, theirs],
      ]),
      insertNumbered(other, "vectorize", [
        [3, theirs],
        [4, mine],
      ]),
    ];
    await untilWaiting(database, 2);
    for (const gate of gates) await gate.open();
    expect((await Promise.all(told)).map((each) => named(each.refusal))).toEqual(["done", "done"]);
    expect(await findings(database)).toEqual([]);
  });
});

test("claims of two types that each have a cap over all users", async () => {
  const types = ["editor.upscale", "editor.vectorize"];
  const [user = ""] = await createUsers(database, 1, 5000);
  const running = await claimAll(worker, types);
  await database.query("update public.job_types set max_running = 10000 where type = any ($1)", [
    types,
  ]);
  const images = await createImages(database, user, 100);
  await requestOperations(database, images, "upscale");
  await requestOperations(database, images, "vectorize");
  const claimers = await openSessions(database, 8, "service_role");
  const told = await Promise.all(
    claimers.map(async (session) => {
      const answers: Answer<{ n: number }>[] = [];
      for (let round = 0; round < 30; round++) {
        answers.push(
          await ask(
            session,
            "select count(*)::integer as n from public.claim_jobs('a worker', 3, $1)",
            [types],
          ),
        );
      }
      return answers;
    }),
  );
  const answers = told.flat();
  expect(answers.flatMap((each) => (each.refusal ? [named(each.refusal)] : []))).toEqual([]);
  const rest = await claimAll(worker, types);
  expect(answers.reduce((sum, each) => sum + (each.row?.n ?? 0), rest.length)).toBe(200);
  expect(running.every((job) => job.user_id !== user)).toBe(true);
  expect(await findings(database)).toEqual([]);
});
