import { expect, test } from "vitest";
import { createStripe } from "../../../functions/_shared/stripe.ts";
import { createSubscriptionHandler } from "../../../functions/subscription/handler.ts";
import { ok, playedDatabase, poster, type RpcAnswer, refused } from "../played_database.ts";
import { shop } from "../stripe_emulator/billing.ts";
import { SECRET_KEY } from "../stripe_emulator/harness.ts";

const PLAN = "5f2b7f0c-1b57-4d1e-8a7e-7d0f6c9a1b02";
const CHANGE = "9a0c9a5e-7f0e-4a3f-9a64-0b8f6d2c1a03";
const AT = "2027-07-01T00:00:00+00:00";

const MONTHLY = { quantity: 1, interval: "month", interval_count: 1 };

type Step = Record<string, unknown>;

// The function on a subscription of the emulator. What is to be done is what the test says.
async function changing(card: "visa" | "authenticationRequired" = "visa") {
  const running = await shop();
  const { prices, stripe, subscribe } = running;
  const subscription = await subscribe(prices.basic.id, { card });
  const item_id = String(subscription.items.data[0]?.id);
  let steps: Step[] = [];
  let begin: RpcAnswer = ok({ change_id: CHANGE, subscription_id: subscription.id });
  let decision: RpcAnswer | undefined;
  const database = playedDatabase({
    begin_subscription_change: () => begin,
    decide_subscription_change: () => decision ?? ok({ effect: "now", effective_at: AT, steps }),
    finish_subscription_change: () => ok(null),
  });
  const handler = createSubscriptionHandler({
    stripe: createStripe(SECRET_KEY, running.url, 2000),
    asCaller: () => database.client,
    asService: database.client,
  });
  return {
    ...running,
    database,
    item_id,
    post: poster(handler, "Bearer a.b.c"),
    read: () => stripe.subscriptions.retrieve(subscription.id),
    subscription,
    // What the database answers from now on.
    todo: (...next: Step[]) => {
      steps = next;
    },
    refuse: (at: "begin" | "decide", answer: RpcAnswer) => {
      if (at === "begin") begin = answer;
      else decision = answer;
    },
  };
}

test("the database is asked with the subscription as Stripe has it", async () => {
  const { database, post, subscription, todo } = await changing();
  todo();
  const { status, body } = await post({ action: "cancel", idempotency_key: "k" });
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      subscription_id: subscription.id,
      effect: "now",
      effective_at: AT,
      payment_url: null,
    },
  });
  expect(database.named("begin_subscription_change")).toEqual([
    { p_action: "cancel", p_plan_id: null, p_idempotency_key: "k" },
  ]);
  const [decided] = database.named("decide_subscription_change");
  expect(JSON.parse(JSON.stringify(decided?.p_subscription))).toMatchObject({
    id: subscription.id,
    items: { data: [{ price: { unit_amount: 1000, unit_amount_decimal: "1000" } }] },
  });
  expect(database.named("finish_subscription_change")).toEqual([
    { p_change_id: CHANGE, p_is_done: true },
  ]);
});

test("an upgrade is paid at once", async () => {
  const { advance, item_id, post, prices, read, stripe, todo } = await changing();
  await advance({ days: 15 });
  todo({
    do: "set_price",
    item_id,
    price_id: prices.pro.id,
    quantity: 1,
    proration: "always_invoice",
  });
  const { body } = await post({ action: "change_plan", plan_id: PLAN, idempotency_key: "k" });
  expect(body.payment_url).toBeNull();
  expect((await read()).items.data[0]?.price.id).toBe(prices.pro.id);
  const again = await post({ action: "change_plan", plan_id: PLAN, idempotency_key: "k" });
  expect(again.status).toBe(200);
  expect((await stripe.invoices.list()).data.map((each) => each.amount_paid)).toEqual([1500, 1000]);
});

test("an upgrade whose card is declined changes nothing and says where to pay", async () => {
  const { item_id, post, prices, read, todo } = await changing("authenticationRequired");
  const step = { do: "set_price", item_id, price_id: prices.pro.id, quantity: 1 };
  todo({ ...step, proration: "always_invoice" });
  const { body } = await post({ action: "change_plan", plan_id: PLAN });
  expect((await read()).items.data[0]?.price.id).toBe(prices.basic.id);
  const pay = new URLSearchParams({ card: "visa" });
  await fetch(body.payment_url, { method: "POST", body: pay, redirect: "manual" });
  expect((await read()).items.data[0]?.price.id).toBe(prices.pro.id);
});

test("a downgrade waits for the period's end, and leaves what is paid for as it is", async () => {
  const { advance, post, prices, read, stripe, subscription, todo } = await changing();
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: String(subscription.items.data[0]?.id), price: prices.pro.id }],
  });
  todo({ do: "schedule_price", price_id: prices.basic.id, ...MONTHLY });
  const request = { action: "change_plan", plan_id: PLAN, idempotency_key: "k" };
  expect((await post(request)).status).toBe(200);
  expect((await post(request)).status).toBe(200);
  expect((await stripe.subscriptionSchedules.list()).data).toHaveLength(1);
  expect((await read()).items.data[0]?.price.id).toBe(prices.pro.id);
  await advance({ months: 1 });
  expect((await read()).items.data[0]?.price.id).toBe(prices.basic.id);
  await advance({ months: 1 });
  expect(await read()).toMatchObject({ schedule: null, status: "active" });
});

test("a downgrade that was to come is dropped, and the subscription ends instead", async () => {
  const { post, prices, read, todo } = await changing();
  todo({ do: "schedule_price", price_id: prices.yearly.id, ...MONTHLY });
  await post({ action: "change_plan", plan_id: PLAN });
  const schedule_id = String((await read()).schedule);
  todo({ do: "release_schedule", schedule_id }, { do: "set_cancel", cancel_at_period_end: true });
  const { status } = await post({ action: "cancel" });
  // The fake names one change for both, so the second one's keys are the first one's.
  expect(status).toBe(200);
  expect(await read()).toMatchObject({ schedule: null, cancel_at_period_end: true });
});

test("a refusal of the database ends the change, Stripe's silence does not", async () => {
  const { control, database, post, refuse } = await changing();
  await control("faults", { path: "/v1/subscriptions", status: 503, times: 3 });
  expect(await post({ action: "cancel" })).toMatchObject({ status: 502 });
  expect(database.named("finish_subscription_change")).toEqual([]);
  refuse("decide", refused(422, "PT422", "subscription_ends"));
  expect(await post({ action: "cancel" })).toMatchObject({
    status: 422,
    code: "subscription_ends",
  });
  expect(database.named("finish_subscription_change")).toEqual([
    { p_change_id: CHANGE, p_is_done: false },
  ]);
});

test.each([
  [refused(404, "PT404", "subscription_not_found"), 404, "subscription_not_found"],
  [refused(409, "PT409", "change_in_progress"), 409, "change_in_progress"],
  [refused(403, "PT403", "not_signed_in"), 401, "not_signed_in"],
])("what the database refuses is not done: %#", async (answer, status, code) => {
  const { database, post, refuse } = await changing();
  refuse("begin", answer);
  expect(await post({ action: "resume" })).toMatchObject({ status, code });
  expect(database.named("decide_subscription_change")).toEqual([]);
});

test.each([
  ["no action", {}],
  ["an unknown action", { action: "refund" }],
  ["a change without a plan", { action: "change_plan" }],
  ["a plan that is no uuid", { action: "change_plan", plan_id: "pro" }],
])("%s is refused", async (_, body) => {
  const { database, post } = await changing();
  expect(await post(body)).toMatchObject({ status: 400, code: "request_invalid" });
  expect(await post(body, {})).toMatchObject({ status: 401, code: "not_signed_in" });
  expect(database.calls).toEqual([]);
});
