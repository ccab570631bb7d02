import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FreshDatabase } from "../support/database.ts";
import { findings } from "./support/invariants.ts";
import { type Random, withSeed } from "./support/random.ts";
import { ask, named, openSessions, raceDatabase } from "./support/sessions.ts";
import { createUsers } from "./support/world.ts";

const SESSIONS = 8;
const SHUFFLES = 40;
const DAY = 86_400_000;
let database: FreshDatabase;
let sessions: pg.Client[];
beforeAll(async () => {
  database = await raceDatabase();
  await database.query(
    "update public.plans set trial_credits = 30, rollover_cap = 50 where code = 'pro'",
  );
  sessions = await openSessions(database, SESSIONS, "service_role");
});
afterAll(() => database?.close());

type Event = { id: string; type: string; timestamp: string; data: Record<string, unknown> };

/** Two months of one customer at Whop, which ended yesterday: trial, paid, refunded in part, renewed,
 *  disputed and won, cancelled and not, late, recovered, disputed and lost, and a package beside it. */
function story(user: string, tag: string, start: number): Event[] {
  const at = (days: number) => new Date(start + days * DAY).toISOString();
  const shared = {
    user: { id: `user_${tag}`, email: `${tag}@whop.example` },
    plan: { id: "plan_story", metadata: { plan_code: "pro" } },
    product: { id: "prod_story", title: "Pro", metadata: null },
    currency: "usd",
  };
  const membership = (status: string, from: number, to: number, now: number, more = {}) => ({
    ...shared,
    id: `mem_${tag}`,
    status,
    created_at: at(0),
    updated_at: at(now),
    renewal_period_start: at(from),
    renewal_period_end: at(to),
    cancel_at_period_end: false,
    metadata: { user_id: user },
    ...more,
  });
  const payment = (id: string, status: string, now: number, more = {}) => ({
    ...shared,
    id: `pay_${tag}_${id}`,
    status,
    created_at: at(Math.floor(now)),
    updated_at: at(now),
    paid_at: status === "paid" ? at(now) : null,
    total: 49.99,
    billing_reason: "subscription_cycle",
    membership: { id: `mem_${tag}` },
    ...more,
  });
  const pack = {
    billing_reason: "one_time",
    total: 9.99,
    plan: { id: "plan_pack", metadata: { package_code: "starter" } },
    product: { id: "prod_pack", title: "Pack", metadata: null },
  };
  const refund = (id: string, of: string, amount: number, status: string) => ({
    id: `rf_${tag}_${id}`,
    amount,
    currency: "usd",
    status,
    created_at: at(10),
    payment: { id: `pay_${tag}_${of}`, user: shared.user },
  });
  const dispute = (id: string, of: string, status: string) => ({
    id: `dspt_${tag}_${id}`,
    amount: 49.99,
    currency: "usd",
    status,
    created_at: at(36),
    payment: { id: `pay_${tag}_${of}` },
  });
  const told: [days: number, type: string, data: Record<string, unknown>][] = [
    [0, "membership.activated", membership("trialing", 0, 5, 0)],
    [5, "payment.created", payment("1", "open", 5)],
    [5.1, "payment.succeeded", payment("1", "paid", 5.1)],
    // One change is told under two names.
    [5.2, "membership.updated", membership("active", 5, 35, 5.2)],
    [5.2, "membership.activated", membership("active", 5, 35, 5.2)],
    [10, "refund.created", refund("1", "1", 10, "pending")],
    [10.1, "refund.updated", refund("1", "1", 10, "succeeded")],
    [11, "refund.created", refund("2", "1", 5, "pending")],
    [12, "refund.updated", refund("2", "1", 5, "failed")],
    [35, "payment.succeeded", payment("2", "paid", 35)],
    [36, "dispute.created", dispute("1", "2", "needs_response")],
    [37, "dispute.updated", dispute("1", "2", "under_review")],
    [40, "dispute.updated", dispute("1", "2", "won")],
    [
      45,
      "membership.cancel_at_period_end_changed",
      membership("active", 35, 65, 45, { cancel_at_period_end: true }),
    ],
    [46, "membership.cancel_at_period_end_changed", membership("active", 35, 65, 46)],
    [
      64,
      "payment.failed",
      payment("3", "open", 64, { failure_message: "Declined", payments_failed: 1 }),
    ],
    [64.1, "membership.updated", membership("past_due", 35, 65, 64.1)],
    [64.5, "payment.succeeded", payment("3", "paid", 64.5)],
    [64.6, "membership.updated", membership("active", 64.5, 94.5, 64.6)],
    [64.7, "dispute.created", dispute("2", "3", "needs_response")],
    [64.9, "dispute.updated", dispute("2", "3", "lost")],
    [65, "payment.succeeded", payment("p", "paid", 65, pack)],
    [65.1, "refund.created", refund("p", "p", 1.99, "succeeded")],
  ];
  return told.map(([days, type, data], index) => ({
    id: `msg_${tag}_${index}`,
    type,
    timestamp: at(days),
    data,
  }));
}

const recordSql = "select status from public.record_webhook_event('whop', $1)";
const retrySql = `
  select count(*)::integer as left from (
    select private.retry_webhook_event(e.id) from public.webhook_events as e
    where e.external_id like 'msg\\_' || $1 || '\\_%' and e.status in ('waiting', 'failed')
  ) as tried`;

/** What is waiting is tried again, as cron does, until nothing changes any more. */
async function settle(tag: string): Promise<void> {
  for (let round = 0; round < 8; round++) {
    const [row] = await database.query<{ left: number }>(retrySql, [tag]);
    if (row?.left === 0) return;
  }
}

/** Everything that the story left, but for sequence numbers and what names the round. */
async function outcome(user: string, tag: string): Promise<unknown> {
  const [row] = await database.query<{ all: unknown }>(
    `select jsonb_build_object(
       'events', (select jsonb_object_agg(x.status, x.n) from (
         select e.status, count(*) as n from public.webhook_events as e
         where e.external_id like 'msg\\_' || $2 || '\\_%' group by e.status) as x),
       'subscription', (select to_jsonb(s) - array['row_id', 'user_id', 'updated_at', 'metadata'] from public.subscriptions as s where s.user_id = $1),
       'history', (select jsonb_agg(jsonb_build_array(h.status, h.started_at, h.ended_at) order by h.started_at) from public.subscription_history as h where h.user_id = $1),
       'invoices', (select jsonb_agg(to_jsonb(i) - array['id', 'user_id', 'updated_at'] order by i.external_id) from public.invoices as i where i.user_id = $1),
       'payments', (select jsonb_agg(to_jsonb(p) - array['user_id', 'checkout_id', 'lot_seq', 'created_at'] order by p.external_id) from public.payments as p where p.user_id = $1),
       'refunds', (select jsonb_agg(jsonb_build_array(r.id, r.amount, r.status) order by r.id) from public.refunds as r where r.user_id = $1),
       'disputes', (select jsonb_agg(jsonb_build_array(d.id, d.amount, d.status) order by d.id) from public.disputes as d where d.user_id = $1),
       'checkouts', (select jsonb_agg(jsonb_build_array(c.external_id, c.status, c.credits) order by c.external_id) from public.checkouts as c where c.user_id = $1),
       'lots', (select jsonb_agg(jsonb_build_array(l.source, l.cause_id, l.granted, l.remaining, l.held, l.frozen_at is not null) order by l.source, l.cause_id) from public.credit_lots as l where l.user_id = $1),
       'account', (select jsonb_build_array(a.balance, a.held, a.debt, a.plan_credits, a.next_reset_at) from public.credit_accounts as a where a.user_id = $1)
     ) as all`,
    [user, tag],
  );
  return JSON.parse(JSON.stringify(row?.all).replaceAll(tag, "TAG"));
}

let rounds = 0;
async function live(deliver: (events: Event[]) => Promise<string[]>): Promise<unknown> {
  const [user = ""] = await createUsers(database, 1);
  const tag = `r${++rounds}x`;
  const told = await deliver(story(user, tag, START));
  expect(told.filter((word) => word !== "done")).toEqual([]);
  await settle(tag);
  return outcome(user, tag);
}
const START = Math.floor(Date.now() / 1000) * 1000 - 66 * DAY;

const one = async (session: pg.Client, event: Event): Promise<string> =>
  named((await ask(session, recordSql, [JSON.stringify(event)])).refusal);

async function inTurn(events: Event[]): Promise<string[]> {
  const told = [];
  for (const event of events) told.push(await one(sessions[0] as pg.Client, event));
  return told;
}

/** Each event one to three times, in any order. */
const muddled = (random: Random, events: Event[]): Event[] =>
  random.shuffle(events.flatMap((event) => Array<Event>(random.int(1, 3)).fill(event)));

test(
  "two months of a customer at Whop end the same, however they are told",
  () =>
    withSeed(async (random) => {
      const expected = await live(inTurn);
      expect(expected).toMatchObject({
        events: { applied: 23 },
        subscription: { status: "active", cancel_at_period_end: false },
        // What signing up gave, 80 of the package, and 50 that rolled over; the last 200 were lost.
        account: [230, 0, 0, 200, expect.any(String)],
      });
      expect(await live((events) => inTurn(events.toReversed()))).toEqual(expected);
      for (let i = 0; i < SHUFFLES; i++) {
        expect(await live((events) => inTurn(muddled(random, events)))).toEqual(expected);
      }
      for (let i = 0; i < SHUFFLES / 4; i++) {
        const parallel = (events: Event[]) =>
          Promise.all(
            muddled(random, events).map((event, n) =>
              one(sessions[n % SESSIONS] as pg.Client, event),
            ),
          );
        expect(await live(parallel)).toEqual(expected);
      }
      expect(await findings(database)).toEqual([]);
    }),
  120_000,
);
