import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { available, findings, stripeOf } from "../support/billing.ts";
import { bootStack, type TestStack, type User } from "../support/stack.ts";
import { until } from "../support/until.ts";

const RETURN = "http://localhost:3000/account";
const TRIAL_CREDITS = 5;

let stack: TestStack;
let stripe: Stripe;
const plans = new Map<string, string>();

beforeAll(async () => {
  stack = await bootStack();
  stripe = stripeOf(stack);
  await stack.db.query("update public.plans set trial_credits = $1 where code = 'basic'", [
    TRIAL_CREDITS,
  ]);
  const { data } = await stack.anon().from("plans").select("id, code, price_id");
  for (const { id, code } of data ?? []) plans.set(code, id);
});
afterAll(() => stack?.stop());

// A function's answer, refusals included, as a front end reads it.
async function call(user: User, name: string, body: object) {
  const { data, error } = await user.client.functions.invoke(name, { body });
  if (!error) return { status: 200, body: data };
  const response = error.context as Response;
  return { status: response.status, body: (await response.json()).error };
}

const checkout = (user: User, plan: string, key?: string) =>
  call(user, "checkout", {
    plan_id: plans.get(plan),
    success_url: RETURN,
    cancel_url: RETURN,
    ...(key && { idempotency_key: key }),
  });

const change = (user: User, body: object) => call(user, "subscription", body);

async function click(url: string, form: Record<string, string>) {
  return fetch(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
}

async function control(path: string, body: object): Promise<{ now: number }> {
  const response = await fetch(`${stack.stripeUrl}/_emulator/${path}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return response.json();
}

async function subscription(user: User) {
  const { data, error } = await user.client
    .from("subscriptions")
    .select("id, status, plan_id, cancel_at_period_end, current_period_end, schedule_id")
    .maybeSingle();
  if (error) throw error;
  return data;
}

async function subscribed(plan: string, card = "visa"): Promise<User> {
  const user = await stack.signUp();
  const { body } = await checkout(user, plan);
  expect((await click(body.url, { action: "pay", card })).status).toBe(303);
  await until(
    () => subscription(user),
    (seen) => seen?.status === "trialing",
  );
  return user;
}

// The trial is over and the first period paid.
async function paying(plan: string): Promise<User> {
  const user = await subscribed(plan);
  await control("clock", { days: 14 });
  await control("clock", { seconds: 3600 });
  await until(
    () => subscription(user),
    (seen) => seen?.status === "active",
  );
  return user;
}

test("the plans of the local stack have prices", async () => {
  const { data } = await stack.anon().from("plans").select("code, price_id").gt("unit_amount", 0);
  expect(data).toHaveLength(3);
  for (const plan of data ?? []) expect(plan.price_id).toMatch(/^price_/);
});

test("a year in short: trial, paid period, upgrade, refund, downgrade, end", async () => {
  const user = await stack.signUp();
  const signedUp = await available(user);

  const { body: session } = await checkout(user, "basic");
  const page = await (await fetch(session.url)).text();
  expect(page).toContain("Start the trial");
  const paid = await click(session.url, { action: "pay" });
  expect(paid.headers.get("location")).toBe(RETURN);
  await until(
    () => subscription(user),
    (seen) => seen?.status === "trialing" && seen.plan_id === plans.get("basic"),
  );
  await until(
    () => available(user),
    (seen) => seen === signedUp + TRIAL_CREDITS,
  );
  expect(await checkout(user, "pro")).toMatchObject({
    status: 409,
    body: { code: "already_subscribed" },
  });

  await control("clock", { days: 14 });
  await control("clock", { seconds: 3600 });
  await until(
    () => available(user),
    (seen) => seen === signedUp + TRIAL_CREDITS + 20,
  );
  const { data: invoices } = await user.client
    .from("invoices")
    .select("status, amount_paid, billing_reason, hosted_invoice_url")
    .order("created_at");
  expect(invoices).toMatchObject([
    { status: "paid", amount_paid: 0, billing_reason: "subscription_create" },
    { status: "paid", amount_paid: 999, billing_reason: "subscription_cycle" },
  ]);
  expect((await fetch(String(invoices?.[1]?.hosted_invoice_url))).status).toBe(200);

  const upgraded = await change(user, { action: "change_plan", plan_id: plans.get("pro") });
  expect(upgraded).toMatchObject({ status: 200, body: { effect: "now", payment_url: null } });
  // 180 more a month, for a month less an hour.
  await until(
    () => available(user),
    (seen) => seen === signedUp + TRIAL_CREDITS + 200,
  );
  expect(await subscription(user)).toMatchObject({ status: "active", plan_id: plans.get("pro") });

  const [upgrade] = (await stripe.charges.list()).data;
  const half = Math.round((upgrade?.amount ?? 0) / 2);
  await stripe.refunds.create({ charge: String(upgrade?.id), amount: half });
  await until(
    () => available(user),
    (seen) => seen === signedUp + TRIAL_CREDITS + 110,
  );

  const lower = await change(user, { action: "change_plan", plan_id: plans.get("basic") });
  expect(lower).toMatchObject({ status: 200, body: { effect: "period_end" } });
  await until(
    () => subscription(user),
    (seen) => seen?.schedule_id !== null,
  );
  expect(await subscription(user)).toMatchObject({ plan_id: plans.get("pro") });

  // Scheduled, released and cancelled within one second would be for a fetch to decide, and what
  // the emulator's clock says is yet to come, none can.
  await control("clock", { seconds: 2 });
  const canceled = await change(user, { action: "cancel" });
  expect(canceled).toMatchObject({ status: 200, body: { effect: "period_end" } });
  const ending = await until(
    () => subscription(user),
    (seen) => seen?.cancel_at_period_end === true,
  );
  expect(Date.parse(canceled.body.effective_at)).toBe(
    Date.parse(String(ending?.current_period_end)),
  );
  expect(await change(user, { action: "change_plan", plan_id: plans.get("basic") })).toMatchObject({
    status: 422,
    body: { code: "subscription_ends" },
  });
  expect(await change(user, { action: "resume" })).toMatchObject({ body: { effect: "now" } });
  await change(user, { action: "cancel" });

  await control("clock", { months: 1 });
  await until(
    () => subscription(user),
    (seen) => seen?.status === "canceled",
  );
  expect(await findings(stack, user)).toEqual([]);

  const again = await checkout(user, "basic");
  expect((await stripe.checkout.sessions.retrieve(again.body.session_id)).amount_total).toBe(999);
}, 120_000);

test("a downgrade comes with the next period", async () => {
  const user = await paying("pro");
  await change(user, { action: "change_plan", plan_id: plans.get("basic") });
  await control("clock", { months: 1 });
  await until(
    () => subscription(user),
    (seen) => seen?.plan_id === plans.get("basic") && seen?.status === "active",
  );
  expect(await findings(stack, user)).toEqual([]);
});

test("a declined card makes it past due, a new one in the portal pays", async () => {
  const user = await subscribed("basic", "chargeCustomerFail");
  await control("clock", { days: 14 });
  await control("clock", { seconds: 3600 });
  await until(
    () => subscription(user),
    (seen) => seen?.status === "past_due",
  );
  expect(await change(user, { action: "change_plan", plan_id: plans.get("pro") })).toMatchObject({
    status: 422,
    body: { code: "subscription_unpaid" },
  });
  const before = await available(user);
  const { body } = await call(user, "billing-portal", { return_url: RETURN });
  expect(await (await fetch(body.url)).text()).toContain(RETURN);
  await click(body.url, { action: "card", card: "visa" });
  await control("clock", { days: 3 });
  await until(
    () => subscription(user),
    (seen) => seen?.status === "active",
  );
  await until(
    () => available(user),
    (seen) => seen === before + 20,
  );
});

describe("who asks twice, or for what is not theirs", () => {
  test("two tabs begin one subscription, and one customer", async () => {
    const user = await stack.signUp();
    const answers = await Promise.all([checkout(user, "basic"), checkout(user, "basic")]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe("checkout_in_progress");
    const customers = await stripe.customers.list({ email: user.email });
    expect(customers.data).toHaveLength(1);
    const next = await checkout(user, "pro");
    expect(next.status).toBe(200);
    const [customer] = customers.data;
    const open = await stripe.checkout.sessions.list({
      customer: String(customer?.id),
      status: "open",
    });
    expect(open.data.map(({ id }) => id)).toEqual([next.body.session_id]);
  });

  test("nobody changes another's subscription", async () => {
    const owner = await subscribed("basic");
    const thief = await stack.signUp();
    expect(await change(thief, { action: "cancel" })).toMatchObject({
      status: 404,
      body: { code: "subscription_not_found" },
    });
    expect(await subscription(thief)).toBeNull();
    expect(await subscription(owner)).toMatchObject({ cancel_at_period_end: false });
    const nobody = await stack.fetch("/functions/v1/subscription", {
      method: "POST",
      body: JSON.stringify({ action: "cancel" }),
    });
    expect(nobody.status).toBe(401);
    await nobody.body?.cancel();
  });

  test("the page and the portal lead back to us alone", async () => {
    const user = await stack.signUp();
    const foreign = "https://evil.example/";
    const sent = { plan_id: plans.get("basic"), success_url: foreign, cancel_url: RETURN };
    for (const answer of [
      await call(user, "checkout", sent),
      await call(user, "billing-portal", { return_url: foreign }),
    ]) {
      expect(answer).toMatchObject({ status: 400, body: { code: "return_url_not_allowed" } });
    }
  });
});

const ring = (task: string, as?: User) =>
  stack.fetch("/functions/v1/billing-sync", {
    method: "POST",
    body: JSON.stringify({ task }),
    ...(as ? { as } : { headers: { authorization: `Bearer ${stack.keys.workerSecret}` } }),
  });

describe("what no webhook brought", () => {
  afterEach(() => control("settings", { automatic_delivery: true }));

  test("a day's lost webhooks are fetched, and do no more than they would have", async () => {
    await control("settings", { automatic_delivery: false });
    const user = await stack.signUp();
    const before = await available(user);
    const { body } = await checkout(user, "basic");
    await click(body.url, { action: "pay" });
    await control("clock", { days: 14 });
    await control("clock", { seconds: 3600 });
    expect(await subscription(user)).toBeNull();

    expect((await ring("reconcile")).status).toBe(202);
    await until(
      () => subscription(user),
      (seen) => seen?.status === "active",
    );
    const arrived = before + TRIAL_CREDITS + 20;
    await until(
      () => available(user),
      (seen) => seen === arrived,
    );
    // And now they come after all, twice, in any order.
    const own = await stripe.events.list({ limit: 25 });
    const events = own.data.map(({ id }) => id);
    await control("deliver", { events, twice: true, shuffled: true, parallel: true });
    expect(await available(user)).toBe(arrived);
    expect(await findings(stack, user)).toEqual([]);
  });

  test("an administrator syncs the catalogue, a user does not", async () => {
    await control("settings", { automatic_delivery: false });
    const product = await stripe.products.create({ name: "Quiet" });
    const admin = await stack.signUp();
    expect((await ring("sync_catalogue", admin)).status).toBe(403);
    await stack.db.query("update public.profiles set role = 'admin' where id = $1", [admin.id]);
    expect((await ring("sync_catalogue", admin)).status).toBe(202);
    const names = async () =>
      (await stack.anon().from("products").select("name").eq("id", product.id)).data;
    await until(names, (seen) => seen?.length === 1);
    await stripe.products.del(product.id);
    // Two fetches within one second are one: the second of them is asked for again.
    await until(
      async () => {
        await ring("sync_catalogue", admin);
        return names();
      },
      (seen) => seen?.length === 0,
    );
  });

  test("who closes the account is charged no more", async () => {
    const user = await paying("basic");
    const id = String((await subscription(user))?.id);
    const { error } = await user.client.rpc("delete_my_account");
    expect(error).toBeNull();
    await stack.db.query("select private.dispatch_billing_sync()");
    await until(
      () => stripe.subscriptions.retrieve(id),
      (seen) => seen.status === "canceled",
    );
  });
});
