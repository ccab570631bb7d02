import { readFileSync } from "node:fs";
import type Stripe from "stripe";
import { expect, onTestFinished, test, vi } from "vitest";
import { createStripe } from "../../../functions/_shared/stripe.ts";
import { EVENT_TYPES } from "../../../functions/billing-sync/event_types.ts";
import { runTask, type Task } from "../../../functions/billing-sync/tasks.ts";
import { ok, playedDatabase, refused } from "../played_database.ts";
import { shop } from "../stripe_emulator/billing.ts";
import { SECRET_KEY } from "../stripe_emulator/harness.ts";

type Row = { source: string; type: string; id: string };
type Fetched = { id: string; object: string; deleted?: boolean };

async function syncing() {
  const running = await shop();
  for (const level of ["error", "warn"] as const) {
    const silent = vi.spyOn(console, level).mockReturnValue();
    onTestFinished(() => silent.mockRestore());
  }
  const known = new Set<string>();
  const state = {
    abandoned: [] as string[],
    stale: [] as Row[],
    unlisted: [] as Omit<Row, "source">[],
  };
  const bad = new Set<string>();
  const database = playedDatabase({
    abandoned_subscriptions: () => ok(state.abandoned),
    missing_webhook_events: ({ p_ids }) => ok((p_ids as string[]).filter((id) => !known.has(id))),
    record_fetched_object: ({ p_object }) =>
      bad.has((p_object as Fetched).id) ? refused(500, "XX000", "broken") : ok({}),
    record_webhook_event: ({ p_event }) => {
      known.add((p_event as Stripe.Event).id);
      return ok({ status: "applied" });
    },
    stale_billing_objects: () => ok(state.stale),
    unlisted_catalogue: () => ok(state.unlisted),
  });
  const client = createStripe(SECRET_KEY, running.url, 2000);
  const run = (task: Task) => runTask(task, client, database.client);
  const fetched = () =>
    database.named("record_fetched_object").map((args) => args.p_object as Fetched);
  return { ...running, bad, database, fetched, run, state };
}

test("what is stale is fetched whole and recorded with the time of asking", async () => {
  const { customer, database, fetched, prices, run, state, subscribe } = await syncing();
  const subscription = await subscribe(prices.basic.id);
  const invoice = String(subscription.latest_invoice);
  state.stale = [
    { source: "stripe", type: "subscription", id: subscription.id },
    { source: "stripe", type: "invoice", id: invoice },
    { source: "stripe", type: "customer", id: customer.id },
    { source: "whop", type: "subscription", id: "mem_1" },
  ];
  const before = new Date().toISOString();
  expect(await run("catch_up")).toEqual({ done: 3, failed: 0 });
  expect(fetched().map(({ id, object }) => [object, id])).toEqual([
    ["subscription", subscription.id],
    ["invoice", invoice],
    ["customer", customer.id],
  ]);
  expect(JSON.parse(JSON.stringify(fetched()[1]))).toMatchObject({
    lines: { data: [{ amount: 1000 }] },
    payments: { data: [{ payment: { type: "payment_intent" } }] },
  });
  const [{ p_fetched_at: asked }] = database.named("record_fetched_object") as [
    { p_fetched_at: string },
  ];
  expect(asked >= before && asked <= new Date().toISOString()).toBe(true);
});

test("what Stripe does not know any more is recorded as deleted", async () => {
  const { fetched, run, state } = await syncing();
  state.stale = [{ source: "stripe", type: "price", id: "price_gone" }];
  expect(await run("catch_up")).toEqual({ done: 1, failed: 0 });
  expect(fetched()).toEqual([{ id: "price_gone", object: "price", deleted: true }]);
});

test("one object that fails does not keep the others", async () => {
  const { bad, customer, fetched, prices, run, state } = await syncing();
  state.stale = [
    { source: "stripe", type: "unicorn", id: "uni_1" },
    { source: "stripe", type: "customer", id: customer.id },
    { source: "stripe", type: "price", id: prices.pro.id },
  ];
  bad.add(customer.id);
  expect(await run("catch_up")).toEqual({ done: 1, failed: 2 });
  expect(fetched().map(({ id }) => id)).toEqual([customer.id, prices.pro.id]);
});

test("Stripe's silence is no deletion", async () => {
  const { control, customer, fetched, run, state } = await syncing();
  state.stale = [{ source: "stripe", type: "customer", id: customer.id }];
  await control("faults", { path: "/v1/customers", status: 500, times: 3 });
  expect(await run("catch_up")).toEqual({ done: 0, failed: 1 });
  expect(fetched()).toEqual([]);
});

test("subscriptions of those who left are canceled, once", async () => {
  const { fetched, prices, run, state, stripe, subscribe } = await syncing();
  const { id } = await subscribe(prices.basic.id);
  state.abandoned = [id];
  expect(await run("catch_up")).toEqual({ done: 1, failed: 0 });
  expect(await run("catch_up")).toEqual({ done: 1, failed: 0 });
  expect((await stripe.subscriptions.retrieve(id)).status).toBe("canceled");
  const ended = await stripe.events.list({ type: "customer.subscription.deleted" });
  expect(ended.data).toHaveLength(1);
  expect(fetched()).toMatchObject([
    { id, status: "canceled" },
    { id, status: "canceled" },
  ]);
});

test("events that no webhook brought are recorded as they were, once", async () => {
  const { database, prices, run, stripe, subscribe } = await syncing();
  // The window is of this machine's clock, the shop's stands elsewhere.
  vi.useFakeTimers({ now: Date.UTC(2027, 5, 2), toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  await subscribe(prices.basic.id);
  const { done, failed } = await run("reconcile");
  expect(failed).toBe(0);
  const recorded = database
    .named("record_webhook_event")
    .map((args) => args.p_event as Stripe.Event);
  const all = await stripe.events.list({ limit: 100 });
  const wanted = all.data.filter(({ type }) => (EVENT_TYPES as readonly string[]).includes(type));
  expect(recorded.map(({ id }) => id).toSorted()).toEqual(wanted.map(({ id }) => id).toSorted());
  expect(done).toBe(recorded.length);
  expect(recorded.every((event) => event.object === "event" && event.data.object)).toBe(true);

  expect(await run("reconcile")).toEqual({ done: 0, failed: 0 });
  vi.setSystemTime(Date.UTC(2027, 5, 5));
  database.calls.length = 0;
  await run("reconcile");
  expect(database.named("missing_webhook_events")).toEqual([]);
});

test("every product and price is recorded, also those on later pages, products first", async () => {
  const { fetched, run, stripe } = await syncing();
  const product = await stripe.products.create({ name: "Many" });
  for (let n = 0; n < 101; n += 1) {
    await stripe.prices.create({ product: product.id, currency: "usd", unit_amount: 100 + n });
  }
  await stripe.products.update(product.id, { active: false });
  const report = await run("sync_catalogue");
  expect(report).toEqual({ done: 4 + 104, failed: 0 });
  const types = fetched().map(({ object }) => object);
  expect(types).toEqual([...Array(4).fill("product"), ...Array(104).fill("price")]);
});

test("what the list does not name is looked up, and recorded as deleted if it is gone", async () => {
  const { database, fetched, prices, run, state } = await syncing();
  state.unlisted = [
    { type: "price", id: "price_gone" },
    { type: "price", id: prices.pro.id },
  ];
  await run("sync_catalogue");
  const [asked] = database.named("unlisted_catalogue");
  expect(asked?.p_ids).toHaveLength(6);
  expect(fetched().slice(-2)).toMatchObject([
    { id: "price_gone", deleted: true },
    { id: prices.pro.id, active: true },
  ]);
});

test("a card taken off, a draft thrown away and a refund of old that failed are asked for", () => {
  const types: readonly string[] = EVENT_TYPES;
  for (const type of ["payment_method.detached", "invoice.deleted", "charge.refund.updated"]) {
    expect(types).toContain(type);
  }
});

test("docs/deploy.md names the types that are asked for, and no other", () => {
  const page = readFileSync(new URL("../../../docs/deploy.md", import.meta.url), "utf8");
  const listed = /```text\n([^`]*)```/.exec(page)?.[1]?.trim().split(/\s+/);
  // Typed, so that each is one of Stripe's.
  const types: readonly Stripe.Event["type"][] = EVENT_TYPES;
  expect(listed).toEqual(types);
});
