import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { asUser, createUser, type FreshDatabase, freshDatabase } from "../support/database.ts";

const PLAN = "11111111-0000-4000-8000-000000000001";
const PRO = "22222222-0000-4000-8000-000000000001";
const AT_ONCE = 8;

let database: FreshDatabase;
let user: string;

beforeAll(async () => {
  database = await freshDatabase();
  await database.query(`insert into public.products (id, name) values ('prod_1', 'Plans')`);
  await database.query(
    `insert into public.prices (id, product_id, unit_amount, currency, type, interval, trial_period_days)
     values ('price_1', 'prod_1', 1000, 'usd', 'recurring', 'month', 14),
       ('price_2', 'prod_1', 2000, 'usd', 'recurring', 'month', 14)`,
  );
  await database.query(
    `insert into public.plans (id, code, name, price_id)
     values ('${PLAN}', 't_1', 'T 1', 'price_1'), ('${PRO}', 't_2', 'T 2', 'price_2')`,
  );
});
afterAll(() => database?.close());
beforeEach(async () => {
  user = await createUser(database);
});

// The same statement in sessions of its own, each with its number, all at once.
async function atOnce(statement: (n: number) => string, as: string | null) {
  const clients = await Promise.all(Array.from({ length: AT_ONCE }, () => database.connect()));
  for (const client of clients) if (as) await asUser(client, as);
  const answers = await Promise.allSettled(
    clients.map(async (client, n) => (await client.query(statement(n))).rows[0]?.answer),
  );
  await Promise.all(clients.map((client) => client.end()));
  const refusals = answers.flatMap((each) =>
    each.status === "rejected" ? [(each.reason as Error).message] : [],
  );
  const given = answers.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  return { given, refusals };
}

describe("one person in many tabs", () => {
  test("begins one subscription", async () => {
    const { given, refusals } = await atOnce(
      (n) => `select public.begin_subscription_checkout('${PLAN}', 'key-${n}') as answer`,
      user,
    );
    expect(given).toHaveLength(1);
    expect(refusals).toEqual(Array(AT_ONCE - 1).fill("checkout_in_progress"));
  });

  test("finds the same checkout by the same key", async () => {
    const { given, refusals } = await atOnce(
      () => `select public.begin_subscription_checkout('${PLAN}', 'key') as answer`,
      user,
    );
    expect(refusals).toEqual([]);
    expect(new Set(given.map((answer) => answer.checkout_id)).size).toBe(1);
  });

  test("has one customer at Stripe", async () => {
    const { given, refusals } = await atOnce(
      (n) => `select private.claim_stripe_customer('${user}', 'cus_${user}_${n}') as answer`,
      null,
    );
    expect(refusals).toEqual([]);
    expect(given).toHaveLength(AT_ONCE);
    expect(new Set(given).size).toBe(1);
  });

  test("has one trial, however many sessions are made one after the other", async () => {
    const days: number[] = [];
    for (let n = 0; n < 2; n += 1) {
      const client = await database.connect();
      await asUser(client, user);
      const begun = await client.query(
        `select public.begin_subscription_checkout('${PLAN}', 'key-${n}') ->> 'checkout_id' as id`,
      );
      const { id } = begun.rows[0];
      // The first was paid between the two, and no event of it has come yet.
      const known = n === 0 ? [] : [{ id: "sub_1", status: "canceled", trial_start: 1 }];
      const [row] = await database.query<{ days: number }>(
        `select (private.decide_subscription_checkout($1, $2, '[]') ->> 'trial_days')::int as days`,
        [id, JSON.stringify(known)],
      );
      days.push(row?.days ?? -1);
      await database.query(`select private.attach_subscription_checkout($1, $2, 'u')`, [
        id,
        `cs_${user}_${n}`,
      ]);
      await client.end();
    }
    expect(days).toEqual([14, 0]);
  });

  test("changes one thing at a time", async () => {
    await database.query(
      `insert into public.subscriptions (id, user_id, price_id, plan_id, status)
       values ($1, $2, 'price_1', '${PLAN}', 'active')`,
      [`sub_${user}`, user],
    );
    const { given, refusals } = await atOnce(
      (n) =>
        `select public.begin_subscription_change('change_plan', '${PRO}', 'key-${n}') as answer`,
      user,
    );
    expect(given).toHaveLength(1);
    expect(refusals).toEqual(Array(AT_ONCE - 1).fill("change_in_progress"));
  });
});
