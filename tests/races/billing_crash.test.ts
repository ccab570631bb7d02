import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asUser, type FreshDatabase } from "../support/database.ts";
import { createYear, NOW, settle, stateOf } from "./support/billing_year.ts";
import { findings } from "./support/invariants.ts";
import {
  ask,
  closeGate,
  openSessions,
  pause,
  raceDatabase,
  untilWaiting,
} from "./support/sessions.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await raceDatabase();
});
afterAll(() => database?.close());

const recordSql = "select id, status from private.record_webhook_event('stripe', $1, $2)";
const lockOfBilling = "select from public.customers where user_id = $1 for update";

test("a session that dies between storing and applying leaves nothing, and the repetition applies once", async () => {
  const year = await createYear(database, "dies", "2025-08-27.basil");
  const [whole] = (await openSessions(database, 1)) as [pg.Client];
  await whole.query("begin");
  for (const event of year.events) await whole.query(recordSql, [JSON.stringify(event), NOW]);
  await settle(whole);
  const expected = await stateOf(whole, year);
  await whole.query("rollback");

  // Each of these is stored already and waits for the user's billing when its session is ended.
  const hit = new Set(
    [
      "customer.subscription.created",
      "invoice.paid",
      "refund.created",
      "charge.dispute.closed",
    ].map((type) => year.events.find((event) => event.type === type)?.id),
  );
  for (const event of year.events) {
    const values = [JSON.stringify(event), NOW];
    if (hit.has(event.id)) {
      const gate = await closeGate(database, lockOfBilling, [year.userId]);
      const victim = await database.connect();
      const dying = victim.query(recordSql, values).catch((error: Error) => error.message);
      await untilWaiting(database, 1);
      await database.query(
        "select pg_terminate_backend(a.pid) from pg_stat_activity as a where a.datname = current_database() and a.wait_event_type = 'Lock'",
      );
      expect(await dying).toMatch(/terminat/);
      await gate.open();
      const [left] = await database.query<{ n: number }>(
        "select count(*)::integer as n from public.webhook_events where external_id = $1",
        [event.id],
      );
      expect(left?.n, event.type).toBe(0);
    }
    await whole.query(recordSql, values);
  }
  await settle(whole);
  expect(hit.size).toBe(4);
  expect(await stateOf(whole, year)).toEqual(expected);
  expect(await findings(database)).toEqual([]);
});

test("one user's billing waits for nobody else's", async () => {
  const slow = await createYear(database, "slow", "2025-08-27.basil");
  const fast = await createYear(database, "fast", "2025-08-27.basil");
  const [session, held] = (await openSessions(database, 2)) as [pg.Client, pg.Client];
  for (const { events } of [slow, fast]) {
    // The catalogue, and who is who.
    for (const event of events.filter(({ type }) => /^(product|price|customer)\.[^s]/.test(type))) {
      await session.query(recordSql, [JSON.stringify(event), NOW]);
    }
  }
  const gate = await closeGate(database, lockOfBilling, [slow.userId]);
  const paidBy = (events: typeof slow.events): string =>
    JSON.stringify(events.filter(({ type }) => type === "invoice.paid")[1]);
  let isDone = false;
  const waiting = ask(held, recordSql, [paidBy(slow.events), NOW]).finally(() => {
    isDone = true;
  });
  await untilWaiting(database, 1);
  const other = await ask<{ status: string }>(session, recordSql, [paidBy(fast.events), NOW]);
  expect(other.row?.status).toBe("applied");
  await pause(50);
  expect(isDone).toBe(false);
  await gate.open();
  expect((await waiting).refusal).toBeUndefined();
});

test("an event that waits is applied once by its sender and by cron at the same time", async () => {
  const year = await createYear(database, "both", "2025-08-27.basil");
  const sessions = await openSessions(database, 8);
  const known = year.events.findIndex(({ type }) => type === "customer.created");
  const customer = year.events[known];
  const rest = year.events.filter((event) => event !== customer);
  const [first] = sessions as [pg.Client];
  // Nobody knows the customer: what has one waits.
  for (const event of rest) await first.query(recordSql, [JSON.stringify(event), NOW]);
  await first.query(recordSql, [JSON.stringify(customer), NOW]);
  const sweep = `select (private.replay_webhook_event(d, $1, true)).status from private.due_webhook_events('infinity') as d`;
  const answers = await Promise.all(
    sessions.map(async (session, n) => {
      if (n < 4) return ask(session, sweep, [NOW]);
      for (const event of rest) {
        const answer = await ask(session, recordSql, [JSON.stringify(event), NOW]);
        if (answer.refusal) return answer;
      }
      return undefined;
    }),
  );
  // The sweep here is one statement over many events; a deadlock would be the test's own.
  expect(
    answers.flatMap((answer) =>
      answer?.refusal && answer.refusal.code !== "40P01" ? [answer.refusal] : [],
    ),
  ).toEqual([]);
  await settle(first);
  await first.query("begin");
  const state = await stateOf(first, year);
  await first.query("rollback");
  expect(state).toMatchObject({ audit: [], account: [{ balance: 575, held: 0, debt: 0 }] });
  expect(await findings(database)).toEqual([]);
});

test("two events of one second, taken in by two sessions at once, end in the order of what they changed", async () => {
  const product = { id: "prod_twins", object: "product", active: true, metadata: {}, created: 1 };
  const event = (id: string, name: string, before?: string) =>
    JSON.stringify({
      id,
      type: before ? "product.updated" : "product.created",
      created: 1_770_000_000,
      data: {
        object: { ...product, name },
        ...(before && { previous_attributes: { name: before } }),
      },
    });
  const [first, second] = (await openSessions(database, 2)) as [pg.Client, pg.Client];
  await first.query(recordSql, [event("evt_twin_0", "one"), NOW]);
  // By id evt_twin_1 would come first; by what they say evt_twin_2 does.
  await first.query("begin");
  await first.query(recordSql, [event("evt_twin_1", "three", "two"), NOW]);
  const other = second.query(recordSql, [event("evt_twin_2", "two", "one"), NOW]);
  await untilWaiting(database, 1);
  await first.query("commit");
  await other;
  expect(await database.query("select name from public.products where id = 'prod_twins'")).toEqual([
    { name: "three" },
  ]);
});

test("who leaves while their events come in leaves nothing of themselves, and nobody waits for ever", async () => {
  const year = await createYear(database, "leaves", "2025-08-27.basil");
  const sessions = await openSessions(database, 4);
  const queue = year.events.toReversed();
  const half = queue.length / 2;
  const [leaving] = (await openSessions(database, 1)) as [pg.Client];
  await asUser(leaving, year.userId);
  let left: ReturnType<typeof ask> | undefined;
  await Promise.all(
    sessions.map(async (session) => {
      for (let event = queue.pop(); event; event = queue.pop()) {
        if (queue.length < half) left ??= ask(leaving, "select public.delete_my_account()");
        const answer = await ask(session, recordSql, [JSON.stringify(event), NOW]);
        expect(answer.refusal).toBeUndefined();
      }
    }),
  );
  expect((await left)?.refusal).toBeUndefined();
  await settle(sessions[0] as pg.Client);
  await database.query("select private.purge_payloads_of_left($1)", [NOW]);
  const told = await database.query(
    "select e.event_type from public.webhook_events as e where e.external_id like '%\\_leaves' and e.payload::text like '%ann@example.com%'",
  );
  expect(told).toEqual([]);
  const open = await database.query(
    "select e.event_type, e.error from public.webhook_events as e where e.external_id like '%\\_leaves' and e.status <> 'applied'",
  );
  expect(open).toEqual([]);
  expect(await findings(database)).toEqual([]);
});
