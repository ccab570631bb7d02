import type pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { FreshDatabase } from "../support/database.ts";
import { findings } from "./support/invariants.ts";
import { withSeed } from "./support/random.ts";
import { ask, named, openSessions, pause, raceDatabase } from "./support/sessions.ts";
import {
  claimAll,
  completeSql,
  createImages,
  createUsers,
  creditsOf,
  type JobRow,
  jobOf,
  liftCaps,
  requestOperations,
  resultOf,
} from "./support/world.ts";

const SESSIONS = 12;
let database: FreshDatabase;
let sessions: pg.Client[];
beforeAll(async () => {
  database = await raceDatabase();
  await liftCaps(database);
  sessions = await openSessions(database, SESSIONS, "service_role");
  await database.query("insert into public.providers (name) values ('acme'), ('blue')");
});
beforeEach(async () => {
  await database.query("delete from public.provider_circuits");
  await database.query("delete from public.provider_routes where operation = 'editor.generate'");
  await database.query("update public.providers set max_running = null");
});
afterAll(() => database?.close());

const addRoute = (provider: string, priority = 1) =>
  database.query(
    "insert into public.provider_routes (operation, provider, priority) values ('editor.generate', $1, $2)",
    [provider, priority],
  );

async function claimed(count: number): Promise<JobRow[]> {
  const [user = ""] = await createUsers(database, 1, 1000);
  await requestOperations(database, await createImages(database, user, count));
  const [first] = sessions;
  return first ? await claimAll(first) : [];
}

/** Each session asks for the route of a job of its own, all at once. */
async function routeAll(jobs: JobRow[], providers = ["acme", "blue"]): Promise<string[]> {
  const answers = await Promise.all(
    jobs.map((job, i) =>
      ask<{ told: { route: { provider: string } | null } }>(
        sessions[i % SESSIONS] as pg.Client,
        "select public.route_job($1, $2, $3) as told",
        [job.id, job.lock_token, providers],
      ),
    ),
  );
  return answers.map(({ row, refusal }) => row?.told.route?.provider ?? named(refusal));
}
const count = (told: string[], word: string) => told.filter((each) => each === word).length;

test("a provider's cap is exact, however many ask at once, and the rest goes to the next", async () => {
  await addRoute("acme");
  await addRoute("blue", 2);
  await database.query("update public.providers set max_running = 3 where name = 'acme'");
  await database.query("update public.providers set max_running = 5 where name = 'blue'");
  const told = await routeAll(await claimed(SESSIONS));
  expect([count(told, "acme"), count(told, "blue"), count(told, "done")]).toEqual([3, 5, 4]);
});

test("two capped providers of equal rank are locked in one order: nobody deadlocks", async () => {
  await addRoute("acme");
  await addRoute("blue");
  await database.query("update public.providers set max_running = 1000");
  for (let round = 0; round < 10; round++) {
    const told = await routeAll(await claimed(SESSIONS));
    expect(count(told, "acme") + count(told, "blue")).toBe(SESSIONS);
  }
});

test("after a rest one job alone is the probe", async () => {
  await addRoute("acme");
  for (let round = 0; round < 10; round++) {
    const jobs = await claimed(SESSIONS);
    await database.query(
      `insert into public.provider_circuits (provider, operation, faults, openings, open_until)
       values ('acme', 'editor.generate', 5, 1, now())
       on conflict (provider, operation) do update
       set open_until = now(), probe_until = null`,
    );
    const told = await routeAll(jobs);
    expect([count(told, "acme"), count(told, "done")]).toEqual([1, SESSIONS - 1]);
  }
});

test("faults told at once are all counted, and open the circuit once", async () => {
  await addRoute("acme");
  const jobs = await claimed(SESSIONS);
  const answers = await Promise.all(
    jobs.map((job, i) =>
      ask(
        sessions[i] as pg.Client,
        "select public.record_api_usage($1, 'acme', 'generate.submit', p_status_code => 503, p_error => 'x', p_outcome => 'fault')",
        [job.id],
      ),
    ),
  );
  expect(answers.map(({ refusal }) => named(refusal))).toEqual(Array(SESSIONS).fill("done"));
  const [circuit] = await database.query(
    "select faults, openings, open_until > now() + interval '25 seconds' as rests from public.provider_circuits",
  );
  // Those after the fifth were under way when the rest began: they make it no longer.
  expect(circuit).toEqual({ faults: 5, openings: 1, rests: true });
});

test("callback and poll in the same instant: one result, one charge, and no order is lost", () =>
  withSeed(async (random) => {
    const [user = ""] = await createUsers(database, 1, 1000);
    await requestOperations(database, await createImages(database, user, 60));
    const [poller, caller] = sessions as [pg.Client, pg.Client];
    const snooze = "select * from public.snooze_job($1, $2, now(), $3)";
    for (const job of await claimAll(poller)) {
      const order = { provider: "acme", external_id: `order-${job.id}` };
      await ask(poller, snooze, [job.id, job.lock_token, order]);
    }
    const outcomes: Record<string, number> = {};
    for (const job of await claimAll(poller)) {
      const call = async () => {
        const wait = random.pick([0, 0, 1, 2]);
        if (wait) await pause(wait);
        return ask<{ told: { outcome: string } }>(
          caller,
          `select public.record_provider_callback('acme', $1, '{"status": "succeeded"}') as told`,
          [`order-${job.id}`],
        );
      };
      // The poll found the result, or found nothing yet and lays the job aside again.
      const found = random.chance(0.5);
      const order = { provider: "acme", external_id: `order-${job.id}` };
      const poll = () =>
        found
          ? ask(poller, completeSql, [job.id, job.lock_token, resultOf(job)])
          : ask(poller, snooze, [job.id, job.lock_token, order]);
      const [called, polled] = await Promise.all([call(), poll()]);
      expect([named(called.refusal), named(polled.refusal)]).toEqual(["done", "done"]);
      const outcome = called.row?.told.outcome ?? "";
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;

      const now = await jobOf(database, job.id);
      expect(now.status).toBe(found ? "completed" : "waiting");
      if (found) continue;
      // Whichever came first, the news is there and the job is due.
      const [state] = await database.query(
        "select state -> 'callback' is not null as heard, run_at <= now() as due from public.jobs where id = $1",
        [job.id],
      );
      expect(state).toEqual({ heard: true, due: true });
    }
    for (const job of await claimAll(poller)) {
      await ask(poller, completeSql, [job.id, job.lock_token, resultOf(job)]);
    }
    expect(Object.keys(outcomes).sort()).toContain("woken");
    expect(await creditsOf(database, user)).toEqual({ balance: 1000 - 3 * 60, held: 0, debt: 0 });
    expect(await findings(database)).toEqual([]);
  }));
