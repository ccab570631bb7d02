import Stripe from "stripe";
import { expect, test } from "vitest";
import { shop } from "./billing.ts";

async function charged() {
  const running = await shop();
  const { customer, stripe } = running;
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  const intent = await stripe.paymentIntents.create({
    amount: 1000,
    currency: "usd",
    customer: customer.id,
    payment_method: card.id,
    off_session: true,
    confirm: true,
    metadata: { checkout_id: "c1" },
  });
  const read = async () => stripe.charges.retrieve(String(intent.latest_charge));
  return { ...running, card, intent, read };
}

test("an off-session payment charges a kept card", async () => {
  const { card, intent, read } = await charged();
  expect(intent).toMatchObject({ status: "succeeded", amount_received: 1000 });
  expect(await read()).toMatchObject({
    paid: true,
    payment_method: card.id,
    metadata: { checkout_id: "c1" },
  });
});

test.each([
  ["pm_card_chargeCustomerFail", "card_declined", "generic_decline"],
  ["pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"],
  ["pm_card_authenticationRequired", "authentication_required", "authentication_required"],
])("%s is declined with %s, also when the request is repeated", async (token, code, reason) => {
  const { customer, stripe } = await shop();
  const card = await stripe.paymentMethods.attach(token, { customer: customer.id });
  const pay = () =>
    stripe.paymentIntents
      .create(
        {
          amount: 1000,
          currency: "usd",
          customer: customer.id,
          payment_method: card.id,
          off_session: true,
          confirm: true,
        },
        { idempotencyKey: "top-up:1" },
      )
      .catch((cause) => cause);
  for (const error of [await pay(), await pay()]) {
    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(error).toMatchObject({ statusCode: 402, code, decline_code: reason });
    expect(error.payment_intent).toMatchObject({ status: "requires_payment_method" });
  }
  expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
  const failed = await stripe.events.list({ type: "payment_intent.payment_failed" });
  expect(failed.data).toHaveLength(1);
});

test("a card of another customer, or no card, is refused", async () => {
  const { card, stripe } = await charged();
  const other = await stripe.customers.create();
  const order = { amount: 1000, currency: "usd", customer: other.id, confirm: true };
  await expect(
    stripe.paymentIntents.create({ ...order, payment_method: card.id }),
  ).rejects.toMatchObject({ param: "payment_method" });
  await expect(stripe.paymentIntents.create(order)).rejects.toMatchObject({
    param: "payment_method",
  });
  await expect(
    stripe.customers.update(other.id, { invoice_settings: { default_payment_method: card.id } }),
  ).rejects.toMatchObject({ code: "resource_missing" });
});

test("refunds add up to the charge and no further", async () => {
  const { intent, read, stripe } = await charged();
  const payment_intent = intent.id;
  await stripe.refunds.create({ payment_intent, amount: 300 });
  expect(await read()).toMatchObject({ amount_refunded: 300, refunded: false });
  await expect(stripe.refunds.create({ payment_intent, amount: 701 })).rejects.toMatchObject({
    param: "amount",
  });
  const rest = await stripe.refunds.create({ payment_intent });
  expect(rest).toMatchObject({ amount: 700, status: "succeeded" });
  expect(await read()).toMatchObject({ amount_refunded: 1000, refunded: true });
  await expect(stripe.refunds.create({ payment_intent })).rejects.toMatchObject({
    code: "charge_already_refunded",
  });
  const told = await stripe.events.list({ type: "charge.refunded" });
  expect(told.data.map((event) => event.data.previous_attributes)).toEqual([
    { amount_refunded: 300, refunded: false },
    { amount_refunded: 0 },
  ]);
});

test("a refund that the bank returns no longer counts", async () => {
  const { control, intent, read, stripe } = await charged();
  const { id } = await stripe.refunds.create({ payment_intent: intent.id });
  expect((await control(`refunds/${id}/fail`)).body).toMatchObject({ status: "failed" });
  expect(await read()).toMatchObject({ amount_refunded: 0, refunded: false });
  expect((await control(`refunds/${id}/fail`)).status).toBe(400);
  const types = (await stripe.events.list({ limit: 3 })).data.map((event) => event.type);
  expect(types).toEqual(["charge.updated", "refund.failed", "refund.updated"]);
});

test.each([
  ["needs_response", "won", ["created", "funds_withdrawn", "closed", "funds_reinstated"]],
  ["needs_response", "lost", ["created", "funds_withdrawn", "closed"]],
  ["warning_needs_response", "warning_closed", ["created", "closed"]],
])("a dispute that %s and is %s", async (status, outcome, words) => {
  const { control, intent, read, stripe, types } = await charged();
  const opened = await control("disputes", { payment_intent: intent.id, amount: 400, status });
  expect(opened.body).toMatchObject({ object: "dispute", amount: 400, status });
  expect((await read()).disputed).toBe(true);
  const wrong = outcome === "warning_closed" ? "won" : "warning_closed";
  expect((await control(`disputes/${opened.body.id}/close`, { status: wrong })).status).toBe(400);
  await control(`disputes/${opened.body.id}/close`, { status: outcome });
  expect(await stripe.disputes.retrieve(opened.body.id)).toMatchObject({ status: outcome });
  expect(await types(/^charge\.dispute/)).toEqual(words.map((word) => `charge.dispute.${word}`));
  expect((await control(`disputes/${opened.body.id}/close`, { status: outcome })).status).toBe(400);
});

test("a detached card is the default no more", async () => {
  const { card, customer, stripe } = await charged();
  const settings = { invoice_settings: { default_payment_method: card.id } };
  await stripe.customers.update(customer.id, settings);
  await stripe.paymentMethods.detach(card.id);
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({
    invoice_settings: { default_payment_method: null },
  });
});
