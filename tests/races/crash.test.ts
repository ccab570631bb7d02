import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureServer, type RunningServer } from "../../scripts/local/server/index.ts";
import { type FreshDatabase, openDatabase } from "../support/database.ts";
import { findings, readBook } from "./support/invariants.ts";
import { type Random, withSeed } from "./support/random.ts";
import { openSessions } from "./support/sessions.ts";
import {
  completeSql,
  createImages,
  createUsers,
  creditsOf,
  type JobRow,
  requestOperations,
  resultOf,
} from "./support/world.ts";

/**
 * kill -9 of every process of the server in the middle of claims, completions and
 * spends. Each client writes down what it was told; after the restart the database
 * must have all of it, and what a client was not told may have happened or not,
 * but whole, and once.
 */
let server: RunningServer;
beforeAll(async () => {
  server = await ensureServer({ own: true, durable: true });
}, 120_000);
afterAll(() => server?.stop());

type Told = {
  /** The seq that each key was answered with. */
  spends: Map<string, string>;
  /** Keys whose answer never came. */
  unanswered: Set<string>;
  completed: Set<string>;
  /** Called at every answer. */
  count: () => void;
};

/** Runs until the connection breaks. The error of the database itself is a defect, a broken connection is the point. */
async function untilBroken(step: () => Promise<void>): Promise<void> {
  try {
    for (;;) await step();
  } catch (error) {
    if (error instanceof pg.DatabaseError && !/^57P0[123]$/.test(error.code ?? "")) throw error;
    if (!(error instanceof Error)) throw error;
  }
}

async function work(session: pg.Client, told: Told, random: Random): Promise<void> {
  await untilBroken(async () => {
    const { rows } = await session.query<JobRow>("select * from public.claim_jobs('w', $1)", [
      random.int(1, 3),
    ]);
    told.count();
    for (const job of rows) {
      // Some are held longer than others: the crash finds jobs in every state.
      if (random.chance(0.3)) continue;
      await session.query(completeSql, [job.id, job.lock_token, resultOf(job)]);
      told.completed.add(job.id);
      told.count();
    }
  });
}

const spendSql = "select seq from public.spend_credits($1, 2, p_idempotency_key => $2)";

async function spend(session: pg.Client, told: Told, user: string, name: string): Promise<void> {
  let n = 0;
  await untilBroken(async () => {
    const key = `${name}:${n++}`;
    told.unanswered.add(key);
    const { rows } = await session.query<{ seq: string }>(spendSql, [user, key]);
    told.unanswered.delete(key);
    told.spends.set(key, rows[0]?.seq ?? "");
    told.count();
  });
}

/** The storm, and the kill as soon as so many answers have come. */
async function stormAndKill(
  database: FreshDatabase,
  spender: string,
  told: Told,
  random: Random,
  round: number,
): Promise<void> {
  const sessions = await openSessions(database, 12, "service_role");
  let left = random.int(150, 300);
  let kill: Promise<void> | undefined;
  told.count = () => {
    left -= 1;
    if (left <= 0) kill ??= server.crash?.();
  };
  await Promise.all(
    sessions.map((session, index) =>
      index % 3 === 2
        ? spend(session, told, spender, `${round}.${index}`)
        : work(session, told, random),
    ),
  );
  await kill;
  await server.start?.();
}

/** What must be true right after a restart, before anything is repaired or repeated. */
async function expectToldIsThere(
  database: FreshDatabase,
  spender: string,
  told: Told,
): Promise<void> {
  expect(await findings(database)).toEqual([]);
  expect((await readBook(database, spender)).problems).toEqual([]);
  const spent = await database.query<{ key: string; seq: string }>(
    "select idempotency_key as key, seq from public.credit_transactions where operation = 'spend'",
  );
  const seqOf = new Map(spent.map((row) => [row.key, row.seq]));
  for (const [key, seq] of told.spends) expect(seqOf.get(key), key).toBe(seq);
  for (const key of seqOf.keys()) {
    expect(told.spends.has(key) || told.unanswered.has(key), key).toBe(true);
  }
  const completed = await database.query<{ id: string }>(
    "select id from public.jobs where status = 'completed'",
  );
  const done = new Set(completed.map((row) => row.id));
  expect([...told.completed].filter((id) => !done.has(id))).toEqual([]);
}

/** The leases run out, by the clock that the reaper is given; then one worker does what is left. */
async function finishAll(database: FreshDatabase, told: Told): Promise<void> {
  const later = new Date(Date.now() + 120_000);
  await database.query(
    "select private.reap_job(due.id, $1) from (select id from private.due_jobs($1, 10000) as id) as due",
    [later],
  );
  for (;;) {
    const jobs = await database.query<JobRow>(
      "select * from private.claim_jobs('the last', 1000, null, $1)",
      [later],
    );
    if (jobs.length === 0) return;
    for (const job of jobs) {
      expect(told.completed.has(job.id)).toBe(false);
      await database.query(completeSql, [job.id, job.lock_token, resultOf(job)]);
    }
  }
}

test("kill -9 of the database in a storm: what was told is there, every job ends once, nothing is charged twice", async (context) => {
  if (!server.crash || !server.start) {
    context.skip(`this server (${server.kind}) is not ours to kill`);
    return;
  }
  await withSeed(async (random) => {
    const database = await openDatabase(server, "crash");
    const [spender = "", ...users] = await createUsers(database, 9, 6000);
    await database.query("update public.job_types set max_running_per_user = 20");
    for (const user of users) {
      await requestOperations(database, await createImages(database, user, 80));
    }
    const told: Told = {
      spends: new Map(),
      unanswered: new Set(),
      completed: new Set(),
      count: () => {},
    };
    let cutOff = 0;
    for (let round = 0; round < 3; round++) {
      await stormAndKill(database, spender, told, random, round);
      await expectToldIsThere(database, spender, told);
      cutOff += told.unanswered.size;
      // The clients repeat what they were not told, with the same keys.
      for (const key of told.unanswered) {
        const [row] = await database.query<{ seq: string }>(spendSql, [spender, key]);
        told.spends.set(key, row?.seq ?? "");
      }
      told.unanswered.clear();
    }
    // A crash that cut nobody off would have shown nothing.
    expect(cutOff).toBeGreaterThan(0);
    expect((await creditsOf(database, spender)).balance).toBe(6000 - 2 * told.spends.size);

    await finishAll(database, told);
    const statuses = await database.query(
      "select status, count(*)::integer as n from public.jobs group by status",
    );
    expect(statuses).toEqual([{ status: "completed", n: 640 }]);
    for (const user of users) {
      expect(await creditsOf(database, user)).toEqual({
        balance: 6000 - 3 * 80,
        held: 0,
        debt: 0,
      });
    }
    expect(await findings(database)).toEqual([]);
    await database.close();
  });
});
