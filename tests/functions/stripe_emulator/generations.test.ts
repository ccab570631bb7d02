import type Stripe from "stripe";
import { expect, test } from "vitest";
import { HOUR, START, shop } from "./billing.ts";

const JULY = Date.UTC(2027, 6, 1) / 1000;
const AUGUST = Date.UTC(2027, 7, 1) / 1000;

// The newest event of a type, untyped: the SDK knows the newer shapes alone.
async function newest(stripe: Stripe, type: string) {
  const [event] = (await stripe.events.list({ type })).data;
  return JSON.parse(JSON.stringify(event));
}

test("an account of before 2025-03-31 sends the older shapes", async () => {
  const { advance, control, prices, stripe, subscribe, types } = await shop();
  await control("settings", { api_version: "2024-06-20" });
  const subscription = await subscribe(prices.basic.id);
  await advance({ months: 1 });
  await advance({ seconds: HOUR });

  const renewed = await newest(stripe, "customer.subscription.updated");
  expect(renewed).toMatchObject({
    api_version: "2024-06-20",
    data: {
      object: { id: subscription.id, current_period_start: JULY, current_period_end: AUGUST },
      previous_attributes: { current_period_start: START, current_period_end: JULY },
    },
  });
  expect(renewed.data.object.items.data[0]).not.toHaveProperty("current_period_end");

  const paid = await newest(stripe, "invoice.paid");
  const { object } = paid.data;
  expect(object).toMatchObject({
    paid: true,
    subscription: subscription.id,
    subscription_details: { metadata: { user_id: "u1" } },
    payment_intent: expect.stringMatching(/^pi_/),
    charge: expect.stringMatching(/^ch_/),
    lines: {
      data: [
        {
          price: { id: prices.basic.id },
          proration: false,
          subscription: subscription.id,
          type: "subscription",
          period: { start: JULY, end: AUGUST },
        },
      ],
    },
  });
  expect(object).not.toHaveProperty("parent");
  expect(object.lines.data[0]).not.toHaveProperty("pricing");
  expect(await types(/^invoice_payment\./)).toEqual([]);

  await stripe.refunds.create({ payment_intent: object.payment_intent });
  const refunded = await newest(stripe, "charge.refunded");
  expect(refunded.data.object).toMatchObject({ invoice: object.id });
});

test("the newer shapes name the payment in an event of its own", async () => {
  const { prices, stripe, subscribe } = await shop();
  const subscription = await subscribe(prices.basic.id);
  const paid = await newest(stripe, "invoice.paid");
  expect(paid.data.object).not.toHaveProperty("payments");
  expect(paid.data.object).not.toHaveProperty("payment_intent");
  const payment = await newest(stripe, "invoice_payment.paid");
  expect(payment.data.object).toMatchObject({
    invoice: subscription.latest_invoice,
    amount_paid: 1000,
    payment: { type: "payment_intent", payment_intent: expect.stringMatching(/^pi_/) },
    status: "paid",
  });
});
