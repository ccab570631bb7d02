import type Stripe from "stripe";
import { expect, test } from "vitest";
import { DAY, HOUR, START, shop } from "./billing.ts";

const JULY = Date.UTC(2027, 6, 1) / 1000;

async function subscribed(card: "visa" | "authenticationRequired" = "visa") {
  const running = await shop();
  const subscription = await running.subscribe(running.prices.basic.id, { card });
  const itemId = String(subscription.items.data[0]?.id);
  const { stripe } = running;
  const toPrice = (price: string, more: Stripe.SubscriptionUpdateParams = {}) =>
    stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemId, price }],
      proration_behavior: "always_invoice",
      ...more,
    });
  const read = () => stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
  const priceNow = async () => (await read()).items.data[0]?.price.id;
  return { ...running, id: subscription.id, itemId, priceNow, read, toPrice };
}

const lastInvoice = (subscription: Stripe.Subscription) =>
  subscription.latest_invoice as Stripe.Invoice;

test("an upgrade in mid-period gives back the rest of the old and charges that of the new", async () => {
  const { advance, prices, read, toPrice } = await subscribed();
  await advance({ days: 15 });
  await toPrice(prices.pro.id);
  const subscription = await read();
  expect(subscription.items.data[0]).toMatchObject({
    price: { id: prices.pro.id },
    current_period_start: START,
    current_period_end: JULY,
  });
  const invoice = lastInvoice(subscription);
  expect(invoice).toMatchObject({
    billing_reason: "subscription_update",
    status: "paid",
    total: 1500,
    amount_paid: 1500,
  });
  const period = { start: START + 15 * DAY, end: JULY };
  expect(invoice.lines.data).toMatchObject([
    {
      amount: -500,
      period,
      pricing: { price_details: { price: prices.basic.id } },
      parent: {
        subscription_item_details: {
          proration: true,
          proration_details: { credited_items: { invoice_line_items: [expect.any(String)] } },
        },
      },
    },
    { amount: 2000, period, pricing: { price_details: { price: prices.pro.id } } },
  ]);
});

test("the same price again changes nothing and is not charged", async () => {
  const { prices, stripe, toPrice, id } = await subscribed();
  await toPrice(prices.basic.id);
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
});

test("another rhythm begins a new period at once", async () => {
  const { advance, prices, read, toPrice } = await subscribed();
  await advance({ days: 15 });
  await toPrice(prices.yearly.id);
  const subscription = await read();
  expect(subscription).toMatchObject({
    billing_cycle_anchor: START + 15 * DAY,
    items: { data: [{ current_period_end: Date.UTC(2028, 5, 16) / 1000 }] },
  });
  expect(lastInvoice(subscription)).toMatchObject({ total: 29_500, status: "paid" });
});

test("what an immediate downgrade gives back pays the next invoices", async () => {
  const { advance, customer, prices, read, stripe, toPrice } = await subscribed();
  await toPrice(prices.pro.id);
  await advance({ days: 15 });
  await toPrice(prices.basic.id);
  expect(lastInvoice(await read())).toMatchObject({ total: -1500, amount_due: 0, status: "paid" });
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -1500 });
  await advance({ days: 16 });
  expect(lastInvoice(await read())).toMatchObject({
    status: "paid",
    total: 1000,
    amount_due: 0,
    ending_balance: -500,
  });
});

test("prorations can wait for the next invoice", async () => {
  const { advance, prices, read, stripe, toPrice, id } = await subscribed();
  await advance({ days: 15 });
  await toPrice(prices.pro.id, { proration_behavior: "create_prorations" });
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
  await advance({ days: 16 });
  expect(lastInvoice(await read())).toMatchObject({ total: 1500 + 4000 });
});

const WAIT = { payment_behavior: "pending_if_incomplete" } as const;

test("a declined upgrade changes nothing until its invoice is paid", async () => {
  const { priceNow, prices, read, stripe, toPrice } = await subscribed("authenticationRequired");
  const pending = await toPrice(prices.pro.id, WAIT);
  expect(pending).toMatchObject({
    status: "active",
    pending_update: { expires_at: START + 23 * HOUR },
    items: { data: [{ price: { id: prices.basic.id } }] },
  });
  const { hosted_invoice_url: page } = lastInvoice(await read());
  expect(await (await fetch(String(page))).text()).toContain("Remaining time on Pro");
  const body = new URLSearchParams({ card: "visa" });
  expect((await fetch(String(page), { method: "POST", body, redirect: "manual" })).status).toBe(
    303,
  );
  expect(await priceNow()).toBe(prices.pro.id);
  expect((await read()).pending_update).toBeNull();
  const [applied] = (await stripe.events.list()).data;
  expect(applied?.type).toBe("customer.subscription.pending_update_applied");
});

test("a declined upgrade lapses within a day", async () => {
  const { advance, priceNow, prices, read, toPrice, types } =
    await subscribed("authenticationRequired");
  await toPrice(prices.pro.id, WAIT);
  await advance({ days: 1 });
  expect(await read()).toMatchObject({ pending_update: null, latest_invoice: { status: "void" } });
  expect(await priceNow()).toBe(prices.basic.id);
  expect((await types()).at(-1)).toBe("customer.subscription.pending_update_expired");
});

test("a change that waits takes no other fields along", async () => {
  const { prices, toPrice } = await subscribed();
  await expect(
    toPrice(prices.pro.id, { ...WAIT, cancel_at_period_end: true }),
  ).rejects.toMatchObject({ param: "cancel_at_period_end" });
});

test("a change in a trial is at once and costs nothing", async () => {
  const { prices, stripe, subscribe } = await shop();
  const { id, items } = await subscribe(prices.basic.id, { trialDays: 14 });
  const changed = await stripe.subscriptions.update(id, {
    items: [{ id: String(items.data[0]?.id), price: prices.yearly.id }],
    proration_behavior: "none",
  });
  expect(changed).toMatchObject({ status: "trialing", trial_end: START + 14 * DAY });
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
});

test("a schedule changes the price at the period's end, and then lets go", async () => {
  const { advance, id, priceNow, prices, read, stripe, toPrice, types } = await subscribed();
  await toPrice(prices.pro.id);
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: id });
  const [current] = schedule.phases;
  expect(current).toMatchObject({ start_date: START, end_date: JULY });
  await stripe.subscriptionSchedules.update(schedule.id, {
    end_behavior: "release",
    phases: [
      {
        items: [{ price: prices.pro.id, quantity: 1 }],
        start_date: START,
        end_date: JULY,
      },
      { items: [{ price: prices.basic.id, quantity: 1 }], proration_behavior: "none" },
    ],
  });
  expect(await read()).toMatchObject({ schedule: schedule.id });
  await expect(
    stripe.subscriptions.update(id, { cancel_at_period_end: true }),
  ).rejects.toMatchObject({ message: expect.stringContaining(schedule.id) });

  await advance({ months: 1 });
  expect(await priceNow()).toBe(prices.basic.id);
  await advance({ seconds: HOUR });
  expect(lastInvoice(await read())).toMatchObject({ total: 1000, status: "paid" });
  await advance({ months: 1 });
  expect(await read()).toMatchObject({ schedule: null, status: "active" });
  expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({
    status: "released",
    released_subscription: id,
  });
  expect(await types(/^subscription_schedule/)).toEqual([
    "subscription_schedule.created",
    "subscription_schedule.updated",
    "subscription_schedule.updated",
    "subscription_schedule.released",
  ]);
});

test("a released schedule changes nothing any more", async () => {
  const { advance, id, priceNow, prices, stripe } = await subscribed();
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: id });
  await stripe.subscriptionSchedules.release(schedule.id);
  expect((await stripe.subscriptions.retrieve(id)).schedule).toBeNull();
  await advance({ months: 1 });
  expect(await priceNow()).toBe(prices.basic.id);
  await expect(stripe.subscriptionSchedules.release(schedule.id)).rejects.toMatchObject({
    statusCode: 400,
  });
});
