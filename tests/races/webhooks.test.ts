import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asUser, type FreshDatabase } from "../support/database.ts";
import { findings } from "./support/invariants.ts";
import { withSeed } from "./support/random.ts";
import {
  type Answer,
  ask,
  closeGate,
  named,
  openSessions,
  raceDatabase,
  refusalsOf,
  rowsOf,
  untilWaiting,
} from "./support/sessions.ts";
import { createUsers, creditsOf } from "./support/world.ts";

const SENDERS = 16;
let database: FreshDatabase;
let senders: pg.Client[];
let packageId: string;
beforeAll(async () => {
  database = await raceDatabase();
  senders = await openSessions(database, SENDERS, "service_role");
  const [starter] = await database.query<{ id: string }>(
    "select id from public.credit_packages where code = 'starter'",
  );
  packageId = starter?.id ?? "";
});
afterAll(() => database?.close());

const createSql = "select c ->> 'checkout_id' as id from public.create_checkout($1, $2) as c";
const recordSql = "select id, status, error from public.record_webhook_event('stripe', $1)";
type Checkout = { user: string; id: string; session: string };
type EventRow = { id: string; status: string; error: string | null };

/** A checkout that was begun; attached: with its Stripe session noted, as when our own call overtook the webhook. */
async function begin(name: string, attached: boolean): Promise<Checkout> {
  const [user = ""] = await createUsers(database, 1);
  const client = senders[0] as pg.Client;
  await asUser(client, user);
  const created = await ask<{ id: string }>(client, createSql, [packageId, name]);
  await asUser(client, null, "service_role");
  const checkout = { user, id: created.row?.id ?? "", session: `cs_${name}` };
  if (attached) {
    await database.query("select public.attach_checkout($1, $2, 'https://pay.example')", [
      checkout.id,
      checkout.session,
    ]);
  }
  return checkout;
}

const event = (checkout: Checkout, id: string, type: string, status = "paid"): string =>
  JSON.stringify({
    id,
    object: "event",
    type,
    data: {
      object: {
        id: checkout.session,
        object: "checkout.session",
        mode: "payment",
        payment_status: status,
        payment_intent: `pi_${checkout.session}`,
        customer: `cus_${checkout.session}`,
        currency: "usd",
        amount_subtotal: 999,
        amount_total: 999,
        metadata: { checkout_id: checkout.id },
      },
    },
  });

/** All of them wait for the checkout's row, or for the event that is being stored; then they go. */
async function send(checkout: Checkout, events: string[]): Promise<Answer<EventRow>[]> {
  const gate = await closeGate(database, "select from public.checkouts where id = $1 for update", [
    checkout.id,
  ]);
  const sent = events.map((each, index) =>
    ask<EventRow>(senders[index] as pg.Client, recordSql, [each]),
  );
  try {
    await untilWaiting(database, events.length);
  } finally {
    await gate.open();
  }
  return Promise.all(sent);
}

async function expectOneGrant(checkout: Checkout): Promise<void> {
  const [found] = await database.query(
    `select
       (select count(*)::integer from public.credit_transactions as t
         where t.user_id = $1 and t.transaction_type = 'purchase') as grants,
       (select count(*)::integer from public.credit_lots as l
         where l.user_id = $1 and l.cause_type = 'stripe_payment') as lots,
       (select count(*)::integer from public.payments as p where p.user_id = $1) as payments,
       (select status from public.checkouts where id = $2) as checkout`,
    [checkout.user, checkout.id],
  );
  expect(found).toEqual({ grants: 1, lots: 1, payments: 1, checkout: "paid" });
  expect(await creditsOf(database, checkout.user)).toEqual({ balance: 200, held: 0, debt: 0 });
}

describe.each([{ attached: true }, { attached: false }])(
  "session noted before: $attached",
  ({ attached }) => {
    test("one event from 16 sessions: stored once, applied once", async () => {
      for (let round = 0; round < 10; round++) {
        const name = `same-${attached}-${round}`;
        const checkout = await begin(name, attached);
        const one = event(checkout, `evt_${name}`, "checkout.session.completed");
        const answers = await send(checkout, Array(SENDERS).fill(one));
        expect(refusalsOf(answers)).toEqual([]);
        expect(new Set(rowsOf(answers).map((row) => row.id)).size).toBe(1);
        expect(new Set(rowsOf(answers).map((row) => row.status))).toEqual(new Set(["applied"]));
        await expectOneGrant(checkout);
      }
      expect(await findings(database)).toEqual([]);
    });

    test("one payment as completed, as a late success and under another id, at once: one grant", () =>
      withSeed(async (random) => {
        for (let round = 0; round < 20; round++) {
          const name = `payment-${attached}-${round}`;
          const checkout = await begin(name, attached);
          const kinds = [
            event(checkout, `evt_${name}_1`, "checkout.session.completed"),
            event(checkout, `evt_${name}_2`, "checkout.session.async_payment_succeeded"),
            event(checkout, `evt_${name}_3`, "checkout.session.completed"),
            // Before the money came, and long after: neither takes the grant back.
            event(checkout, `evt_${name}_4`, "checkout.session.completed", "unpaid"),
            event(checkout, `evt_${name}_5`, "checkout.session.expired", "unpaid"),
          ];
          const answers = await send(
            checkout,
            random.shuffle(
              Array.from({ length: SENDERS }, (_, index) => kinds[index % 5] as string),
            ),
          );
          expect(refusalsOf(answers).map(named)).toEqual([]);
          await expectOneGrant(checkout);
        }
        const statuses = await database.query(
          "select status, error, count(*)::integer as n from public.webhook_events where external_id like $1 group by status, error",
          [`evt_payment-${attached}-%`],
        );
        expect(statuses).toEqual([{ status: "applied", error: null, n: 100 }]);
        expect(await findings(database)).toEqual([]);
      }));
  },
);

test("three events of one payment, each sent once, before we noted the session: all are applied", async () => {
  for (let round = 0; round < 5; round++) {
    const name = `first-${round}`;
    const checkout = await begin(name, false);
    const answers = await send(checkout, [
      event(checkout, `evt_${name}_1`, "checkout.session.completed"),
      event(checkout, `evt_${name}_2`, "checkout.session.async_payment_succeeded"),
      event(checkout, `evt_${name}_3`, "checkout.session.completed"),
    ]);
    await expectOneGrant(checkout);
    // The checkout is known: none has a reason to wait for a sweep.
    expect(rowsOf(answers).map((row) => row.status)).toEqual(["applied", "applied", "applied"]);
  }
});

test("what had to wait is applied by the sweep, beside the sender who repeats it", async () => {
  const checkout = await begin("overtaken", false);
  const paid = event(checkout, "evt_overtaken", "checkout.session.completed");
  // Events about a checkout that nobody knows yet.
  const unknown = { ...checkout, id: "00000000-0000-0000-0000-000000000000" };
  await ask(senders[0] as pg.Client, recordSql, [
    event(unknown, "evt_early", "checkout.session.completed"),
  ]);
  await database.query("select public.attach_checkout($1, $2, 'https://pay.example')", [
    checkout.id,
    checkout.session,
  ]);
  const [sweeper] = await openSessions(database, 1);
  const [command] = await database.query<{ text: string }>(
    "select private.sweep_command('private.due_webhook_events(now() + interval ''1 hour'')', 'private.replay_webhook_event') as text",
  );
  const [, ...answers] = await Promise.all([
    (sweeper as pg.Client).query(command?.text ?? ""),
    ...senders.map((sender, index) =>
      ask<EventRow>(sender, recordSql, [
        index % 2 ? paid : event(unknown, "evt_early", "checkout.session.completed"),
      ]),
    ),
  ]);
  expect(new Set(answers.map((each) => each.row?.status))).toEqual(new Set(["applied"]));
  await expectOneGrant(checkout);
  expect(await findings(database)).toEqual([]);
});

test("one checkout key from 16 sessions at once: one checkout; for another package: PT409", async () => {
  const [other] = await database.query<{ id: string }>(
    "select id from public.credit_packages where code = 'pro'",
  );
  for (let round = 0; round < 20; round++) {
    const [user = ""] = await createUsers(database, 1);
    await Promise.all(senders.map((session) => asUser(session, user)));
    // They meet at the index of the keys: all wait for the first, which is not committed.
    const first = await database.connect();
    await asUser(first, user);
    await first.query("begin");
    const { rows } = await first.query<{ id: string }>(createSql, [packageId, "the key"]);
    const asked = senders.map((session, index) =>
      ask<{ id: string }>(session, createSql, [index % 4 ? packageId : other?.id, "the key"]),
    );
    await untilWaiting(database, SENDERS);
    // If the first is given up, one of those who wait takes its place.
    await first.query(round % 2 ? "commit" : "rollback");
    await first.end();
    const answers = await Promise.all(asked);
    const ids = new Set(rowsOf(answers).map((row) => row.id));
    expect(ids.size).toBe(1);
    if (round % 2) expect(ids).toEqual(new Set([rows[0]?.id]));
    expect(new Set(refusalsOf(answers).map(named))).toEqual(
      new Set(["PT409 idempotency_key_reused"]),
    );
    const stored = await database.query("select id from public.checkouts where user_id = $1", [
      user,
    ]);
    expect(stored.map((row) => row.id)).toEqual([...ids]);
  }
});

test("a night empties all payloads that are due, however many they are", async () => {
  await database.query(
    `insert into public.webhook_events (source, external_id, event_type, payload, status, received_at)
     select 'stripe', 'evt_old_' || n, 'account.updated', '{"id": "evt"}', 'ignored', now() - interval '91 days'
     from generate_series(1, 20001) as n`,
  );
  const [job] = await database.query<{ command: string }>(
    "select command from cron.job where jobname = 'billing: purge payloads'",
  );
  await database.query(job?.command ?? "");
  expect(
    await database.query(
      "select count(*)::integer as n from public.webhook_events where external_id like 'evt_old_%' and purged_at is null",
    ),
  ).toEqual([{ n: 0 }]);
});
