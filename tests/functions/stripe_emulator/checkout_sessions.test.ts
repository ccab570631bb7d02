import Stripe from "stripe";
import { expect, test } from "vitest";
import { emulator, PACK } from "./harness.ts";

test("the SDK creates a session and reads it back", async () => {
  const { stripe, url } = await emulator();
  const created = await stripe.checkout.sessions.create(PACK);
  expect(created).toMatchObject({
    object: "checkout.session",
    status: "open",
    payment_status: "unpaid",
    amount_total: 1998,
    currency: "usd",
    metadata: PACK.metadata,
    client_reference_id: "u1",
    customer_email: "ada@example.com",
    payment_intent: null,
    url: `${url}/checkout/pay/${created.id}`,
  });
  expect(created.id).toMatch(/^cs_test_/);
  expect(created.lastResponse.requestId).toMatch(/^req_/);
  expect(created.lastResponse.apiVersion).toBe(Stripe.API_VERSION);

  const read = await stripe.checkout.sessions.retrieve(created.id, { expand: ["line_items"] });
  expect(read.line_items?.data[0]).toMatchObject({
    amount_total: 1998,
    description: "500 credits",
    quantity: 2,
    price: { unit_amount: 999, active: false },
  });
  const items = await stripe.checkout.sessions.listLineItems(created.id);
  expect(items.data.map((item) => item.description)).toEqual(["500 credits"]);
});

test("a session may name a price and a customer", async () => {
  const { stripe } = await emulator();
  const customer = await stripe.customers.create({ email: "ada@example.com" });
  const product = await stripe.products.create({ name: "Pack" });
  const price = await stripe.prices.create({
    product: product.id,
    currency: "EUR",
    unit_amount: 500,
  });
  expect(price.unit_amount_decimal?.toString()).toBe("500");
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: PACK.success_url,
    expand: ["customer"],
  });
  expect(session).toMatchObject({
    amount_total: 500,
    currency: "eur",
    customer: { id: customer.id, email: "ada@example.com" },
    customer_details: { email: "ada@example.com" },
  });
});

test("paying makes a payment intent and a charge with the metadata", async () => {
  const { control, stripe } = await emulator();
  const { id } = await stripe.checkout.sessions.create(PACK);
  await control(`sessions/${id}/pay`);
  const paid = await stripe.checkout.sessions.retrieve(id, {
    expand: ["payment_intent.latest_charge"],
  });
  expect(paid).toMatchObject({
    status: "complete",
    payment_status: "paid",
    url: null,
    payment_intent: {
      amount_received: 1998,
      metadata: { checkout_id: "c1" },
      status: "succeeded",
      latest_charge: {
        amount: 1998,
        billing_details: { email: "ada@example.com" },
        metadata: { checkout_id: "c1" },
        paid: true,
      },
    },
  });
  const again = await control(`sessions/${id}/pay`);
  expect(again.status).toBe(400);
});

test.each([
  ["succeeded", "paid", "succeeded"],
  ["failed", "unpaid", "requires_payment_method"],
])("a delayed payment that %s", async (outcome, paymentStatus, intentStatus) => {
  const { control, stripe } = await emulator();
  const { id } = await stripe.checkout.sessions.create(PACK);
  await control(`sessions/${id}/pay`, { method: "delayed" });
  const waiting = await stripe.checkout.sessions.retrieve(id, { expand: ["payment_intent"] });
  expect(waiting).toMatchObject({
    status: "complete",
    payment_status: "unpaid",
    payment_intent: { status: "processing" },
  });
  await control(`sessions/${id}/settle`, { outcome });
  const settled = await stripe.checkout.sessions.retrieve(id, { expand: ["payment_intent"] });
  expect(settled).toMatchObject({
    payment_status: paymentStatus,
    payment_intent: { status: intentStatus },
  });
  expect((await control(`sessions/${id}/settle`, { outcome })).status).toBe(400);
});

test("a session expires when asked and when its time is over", async () => {
  let now = Date.now();
  const { stripe } = await emulator({ now: () => now });
  const [first, second] = await Promise.all([
    stripe.checkout.sessions.create(PACK),
    stripe.checkout.sessions.create({ ...PACK, expires_at: Math.floor(now / 1000) + 3600 }),
  ]);
  const expired = await stripe.checkout.sessions.expire(first.id);
  expect(expired).toMatchObject({ status: "expired", url: null });
  await expect(stripe.checkout.sessions.expire(first.id)).rejects.toThrow(/only an open/i);

  now += 3601_000;
  expect((await stripe.checkout.sessions.retrieve(second.id)).status).toBe("expired");
  const events = await stripe.events.list({ type: "checkout.session.expired" });
  expect(events.data).toHaveLength(2);
});

test("sessions are listed newest first and filtered", async () => {
  const { control, stripe } = await emulator();
  const ids: string[] = [];
  for (let i = 0; i < 3; i += 1) ids.push((await stripe.checkout.sessions.create(PACK)).id);
  await control(`sessions/${ids[1]}/pay`);
  const all = await stripe.checkout.sessions.list();
  expect(all.data.map((each) => each.id)).toEqual(ids.toReversed());
  const open = await stripe.checkout.sessions.list({ status: "open" });
  expect(open.data.map((each) => each.id)).toEqual([ids[2], ids[0]]);
});
