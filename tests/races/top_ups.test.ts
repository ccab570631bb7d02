import { afterAll, beforeAll, expect, test } from "vitest";
import { asUser, type FreshDatabase } from "../support/database.ts";
import { findings } from "./support/invariants.ts";
import { withSeed } from "./support/random.ts";
import { ask, named, openSessions, raceDatabase, refusalsOf, rowsOf } from "./support/sessions.ts";
import { createUsers } from "./support/world.ts";

const SESSIONS = 16;
const PRICE = 999;
let database: FreshDatabase;
beforeAll(async () => {
  database = await raceDatabase();
  // What the webhook of a payment does: the user's billing, the checkout, the account.
  await database.query(`
    create function private.pay_top_up_of(p_user_id uuid) returns void language plpgsql as $$
    begin
      perform private.lock_customer(p_user_id);
      perform private.grant_credits(c.user_id, c.credits, 'purchase')
      from public.checkouts as c
      join public.top_ups as t on t.id = c.id
      where t.user_id = p_user_id and t.status = 'open';
      update public.checkouts as c
      set status = 'paid'
      from public.top_ups as t
      where t.id = c.id and t.user_id = p_user_id and t.status = 'open';
    end;
    $$`);
});
afterAll(() => database?.close());

// Cron looks at one user a transaction.
const sweepSql = "select private.handle_crossing($1) as outcome";
const paySql = "select private.pay_top_up_of($1)";
const otherCardSql =
  "update public.customers set default_payment_method = gen_random_uuid()::text where user_id = $1";
const spendSql = "select private.spend_credits($1, $2) as row";

/** A user with a saved card who has the starter package bought below 50 credits. */
async function createBuyer(cap: number): Promise<string> {
  const [user = ""] = await createUsers(database, 1, 1000);
  await database.query(
    `with customer as (
       insert into public.customers (user_id, stripe_customer_id) values ($1::uuid, 'cus_' || $1::uuid) returning stripe_customer_id
     )
     insert into private.payment_methods (id, customer_id, created_at)
     select 'pm_' || $1::uuid, c.stripe_customer_id, now() from customer as c`,
    [user],
  );
  const session = await database.connect();
  await asUser(session, user);
  await session.query(
    "select public.set_auto_top_up(true, 50, (select id from public.credit_packages where code = 'starter'), $1)",
    [cap],
  );
  return user;
}

async function topUpsOf(user: string): Promise<{ open: number; spent: number; jobs: number }> {
  const [row] = await database.query<{ open: number; spent: number; jobs: number }>(
    `select
       (select count(*)::integer from public.top_ups where user_id = $1 and status = 'open') as open,
       private.month_spent($1, 'usd', now())::integer as spent,
       (select count(*)::integer from public.jobs where user_id = $1 and type = 'billing.top_up') as jobs`,
    [user],
  );
  return row ?? { open: -1, spent: -1, jobs: -1 };
}

test("a balance that 16 sessions spend below the threshold is topped up once", async () => {
  for (let round = 0; round < 10; round++) {
    const user = await createBuyer(100_000);
    const sessions = await openSessions(database, SESSIONS);
    const answers = await Promise.all(
      sessions.map(async (session) => {
        const told = [];
        for (let i = 0; i < 6; i++) {
          told.push(await ask(session, spendSql, [user, 10]));
          if (i % 2) told.push(await ask(session, sweepSql, [user]));
        }
        return told;
      }),
    );
    // 96 spends of 10 leave 40 of 1,000.
    expect(refusalsOf(answers.flat())).toEqual([]);
    await Promise.all(sessions.map((session) => ask(session, sweepSql, [user])));
    expect(await topUpsOf(user)).toEqual({ open: 1, spent: PRICE, jobs: 1 });
    await Promise.all(sessions.map((session) => session.end()));
  }
  expect(await findings(database)).toEqual([]);
});

test("spends, sweeps, payments and settings at once: the cap holds, nothing waits for itself", () =>
  withSeed(async (random) => {
    const cap = 5 * PRICE + 1;
    const users = await Promise.all([createBuyer(cap), createBuyer(cap)]);
    const sessions = await openSessions(database, SESSIONS);
    const told: string[] = [];
    await Promise.all(
      sessions.map(async (session) => {
        for (let round = 0; round < 60; round++) {
          const user = random.chance(0.5) ? users[0] : users[1];
          const answer = await (random.chance(0.5)
            ? ask(session, spendSql, [user, random.chance(0.3) ? 200 : 30])
            : ask(session, random.pick([sweepSql, sweepSql, paySql, otherCardSql]), [user]));
          told.push(named(answer.refusal));
        }
      }),
    );
    const allowed = ["done", "PT402 insufficient_credits"];
    expect(told.filter((word) => !allowed.includes(word))).toEqual([]);
    for (const user of users) {
      const { open, spent } = await topUpsOf(user ?? "");
      expect(open).toBeLessThanOrEqual(1);
      expect(spent).toBeLessThanOrEqual(cap);
      expect(spent).toBeGreaterThan(0);
    }
    expect(await findings(database)).toEqual([]);
  }));

test("two senders never get one notification", async () => {
  const [user = ""] = await createUsers(database, 1);
  await database.query(
    `select private.notify($1, 'top_up_failed', 'race:' || n, '{}') from generate_series(1, 500) as n`,
    [user],
  );
  const senders = await openSessions(database, SESSIONS, "service_role");
  const answers = await Promise.all(
    senders.map(async (sender) => {
      const got = [];
      for (let i = 0; i < 5; i++) {
        got.push(
          await ask<{ keys: string[] }>(
            sender,
            "select coalesce(array_agg(n.dedup_key), '{}') as keys from public.claim_notifications(20) as n where n.dedup_key like 'race:%'",
          ),
        );
      }
      return got;
    }),
  );
  const keys = rowsOf(answers.flat()).flatMap((row) => row.keys);
  expect(keys).toHaveLength(500);
  expect(new Set(keys).size).toBe(500);
});
