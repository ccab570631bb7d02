import type Stripe from "stripe";
import { expect, test } from "vitest";
import { DAY, HOUR, START, shop } from "./billing.ts";

const month = (from: number, to: number) => ({
  start: Date.UTC(2027, from - 1, 1) / 1000,
  end: Date.UTC(2027, to - 1, 1) / 1000,
});

test("a checkout makes a subscription, pays its first invoice and keeps the card", async () => {
  const { customer, prices, stripe, subscribe, types } = await shop();
  const subscription = await subscribe(prices.basic.id);
  const { start, end } = month(6, 7);
  expect(subscription).toMatchObject({
    status: "active",
    customer: customer.id,
    metadata: { user_id: "u1" },
    trial_end: null,
    items: {
      data: [
        {
          price: { id: prices.basic.id, unit_amount: 1000 },
          current_period_start: start,
          current_period_end: end,
        },
      ],
    },
  });
  expect(subscription).not.toHaveProperty("current_period_end");

  const invoice = await stripe.invoices.retrieve(String(subscription.latest_invoice), {
    expand: ["payments"],
  });
  expect(invoice).toMatchObject({
    status: "paid",
    billing_reason: "subscription_create",
    amount_paid: 1000,
    amount_remaining: 0,
    customer_email: "ada@example.com",
    parent: { subscription_details: { subscription: subscription.id } },
    lines: {
      data: [
        {
          amount: 1000,
          period: { start, end },
          pricing: { price_details: { price: prices.basic.id } },
          parent: { subscription_item_details: { proration: false } },
        },
      ],
    },
  });
  const intent = await stripe.paymentIntents.retrieve(
    String(invoice.payments?.data[0]?.payment.payment_intent),
    { expand: ["latest_charge"] },
  );
  expect(intent).toMatchObject({
    amount_received: 1000,
    customer: customer.id,
    latest_charge: { paid: true, payment_method: subscription.default_payment_method },
  });
  const cards = await stripe.customers.listPaymentMethods(customer.id);
  expect(cards.data.map(({ id }) => id)).toEqual([subscription.default_payment_method]);
  expect(await types()).toEqual([
    "customer.subscription.created",
    "invoice.created",
    "invoice.finalized",
    "invoice.updated",
    "invoice.paid",
    "invoice.payment_succeeded",
    "customer.subscription.updated",
  ]);
  const [sent] = (await stripe.events.list({ type: "customer.subscription.updated" })).data;
  expect(sent?.data.previous_attributes).toEqual({ status: "incomplete" });
});

test("a trial costs nothing, tells its end three days before, and is then paid", async () => {
  const { advance, prices, stripe, subscribe, types } = await shop();
  const { id, ...begun } = await subscribe(prices.basic.id, { trialDays: 14 });
  expect(begun).toMatchObject({
    status: "trialing",
    trial_start: START,
    trial_end: START + 14 * DAY,
    billing_cycle_anchor: START + 14 * DAY,
  });
  const first = await stripe.invoices.retrieve(String(begun.latest_invoice), {
    expand: ["payments"],
  });
  expect(first).toMatchObject({ status: "paid", total: 0, payments: { data: [] } });
  expect((await stripe.charges.list()).data).toEqual([]);

  await advance({ days: 11 });
  expect((await types()).at(-1)).toBe("customer.subscription.trial_will_end");
  await advance({ days: 3 });
  const paying = await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
  expect(paying).toMatchObject({
    status: "active",
    latest_invoice: { status: "draft", billing_reason: "subscription_cycle", total: 1000 },
    items: { data: [{ current_period_start: START + 14 * DAY }] },
  });
  await advance({ seconds: HOUR });
  const [renewal] = (await stripe.invoices.list({ subscription: id })).data;
  expect(renewal).toMatchObject({ status: "paid", amount_paid: 1000 });
});

test("every month is an invoice of its own, at its own time", async () => {
  const { advance, prices, stripe, subscribe } = await shop();
  const { id } = await subscribe(prices.basic.id);
  const moved = await advance({ months: 3 });
  await advance({ seconds: HOUR });
  expect(moved.body.now).toBe(month(6, 9).end);
  const invoices = (await stripe.invoices.list({ subscription: id })).data;
  expect(invoices.map((each) => each.lines.data[0]?.period)).toEqual([
    month(9, 10),
    month(8, 9),
    month(7, 8),
    month(6, 7),
  ]);
  expect(invoices.map((each) => each.created)).toEqual([
    month(9, 10).start,
    month(8, 9).start,
    month(7, 8).start,
    START,
  ]);
  expect(new Set(invoices.map((each) => each.number)).size).toBe(4);
  const paid = await stripe.events.list({ type: "invoice.paid" });
  expect(paid.data.map((event) => event.created - HOUR)).toEqual([
    month(9, 10).start,
    month(8, 9).start,
    month(7, 8).start,
    START - HOUR,
  ]);
});

test("a period that began on the 31st ends on the last day of shorter months", async () => {
  const { advance, control, prices, stripe } = await shop();
  await control("clock", { now: Date.UTC(2028, 0, 31, 12) / 1000 });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: prices.basic.id, quantity: 1 }],
    customer_email: "bob@example.com",
    success_url: "https://app.example.com/done",
  });
  const { body } = await control(`sessions/${session.id}/pay`);
  const ends: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    const { items } = await stripe.subscriptions.retrieve(body.subscription);
    const end = items.data[0]?.current_period_end ?? 0;
    ends.push(new Date(end * 1000).toISOString().slice(0, 13));
    await advance({ seconds: end - (await now(stripe)) });
  }
  expect(ends).toEqual(["2028-02-29T12", "2028-03-31T12", "2028-04-30T12"]);
  expect(await stripe.customers.retrieve(body.customer)).toMatchObject({
    email: "bob@example.com",
  });
});

// What the emulator's clock says.
async function now(stripe: Stripe): Promise<number> {
  return (await stripe.customers.create()).created;
}

test("a cancellation at the period's end can be taken back until then", async () => {
  const { advance, prices, stripe, subscribe, types } = await shop();
  const { id } = await subscribe(prices.basic.id);
  const { end } = month(6, 7);
  expect(await stripe.subscriptions.update(id, { cancel_at_period_end: true })).toMatchObject({
    status: "active",
    cancel_at_period_end: true,
    cancel_at: end,
    canceled_at: START,
  });
  const kept = await stripe.subscriptions.update(id, { cancel_at_period_end: false });
  expect(kept).toMatchObject({ cancel_at_period_end: false, cancel_at: null, canceled_at: null });

  await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  await advance({ months: 2 });
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
    status: "canceled",
    ended_at: end,
    canceled_at: START,
  });
  expect((await types()).at(-1)).toBe("customer.subscription.deleted");
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
  expect((await stripe.subscriptions.list()).data).toEqual([]);
  expect((await stripe.subscriptions.list({ status: "all" })).data).toHaveLength(1);
  await expect(
    stripe.subscriptions.update(id, { cancel_at_period_end: false }),
  ).rejects.toMatchObject({ statusCode: 400 });
});

test("a cancellation now ends it now", async () => {
  const { prices, stripe, subscribe } = await shop();
  const { id } = await subscribe(prices.basic.id);
  expect(await stripe.subscriptions.cancel(id)).toMatchObject({
    status: "canceled",
    ended_at: START,
    cancellation_details: { reason: "cancellation_requested" },
  });
  await expect(stripe.subscriptions.cancel(id)).rejects.toMatchObject({ statusCode: 400 });
});

test("a card that is declined at a renewal is tried again, and then the subscription ends", async () => {
  const { advance, prices, stripe, subscribe, types } = await shop();
  const { id } = await subscribe(prices.basic.id, { trialDays: 14, card: "chargeCustomerFail" });
  await advance({ days: 14 });
  await advance({ seconds: HOUR });
  expect((await types()).slice(-3)).toEqual([
    "invoice.updated",
    "invoice.payment_failed",
    "customer.subscription.updated",
  ]);
  const failing = await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
  expect(failing).toMatchObject({
    status: "past_due",
    latest_invoice: {
      status: "open",
      attempt_count: 1,
      next_payment_attempt: START + 17 * DAY + HOUR,
    },
  });
  await advance({ days: 30 });
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
    status: "canceled",
    cancellation_details: { reason: "payment_failed" },
  });
  const failures = await stripe.events.list({ type: "invoice.payment_failed" });
  expect(failures.data).toHaveLength(4);
});

test("a new card pays what is owed", async () => {
  const { advance, customer, prices, stripe, subscribe } = await shop();
  const { id, ...begun } = await subscribe(prices.basic.id, {
    trialDays: 14,
    card: "chargeCustomerFail",
  });
  await advance({ days: 15 });
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await stripe.subscriptions.update(id, { default_payment_method: card.id });
  expect(begun.default_payment_method).not.toBe(card.id);
  const [open] = (await stripe.invoices.list({ status: "open" })).data;
  expect(await stripe.invoices.pay(String(open?.id))).toMatchObject({ status: "paid" });
  expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
});

test("a card that is declined at the checkout leaves it open", async () => {
  const { control, open, prices, stripe } = await shop();
  const { id } = await open(prices.basic.id);
  const refused = await control(`sessions/${id}/pay`, { card: "chargeCustomerFail" });
  expect(refused).toMatchObject({
    status: 402,
    body: { error: { type: "card_error", code: "card_declined" } },
  });
  expect((await stripe.checkout.sessions.retrieve(id)).status).toBe("open");
  expect((await stripe.subscriptions.list({ status: "all" })).data).toEqual([]);
  expect((await control(`sessions/${id}/pay`)).status).toBe(200);
});
