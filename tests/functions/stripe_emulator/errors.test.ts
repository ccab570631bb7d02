import Stripe from "stripe";
import { expect, test } from "vitest";
import { emulator, PACK } from "./harness.ts";

type Params = Record<string, unknown>;

const item = PACK.line_items[0];

// What is wrong, the request, and the error's fields.
const REFUSALS: [string, Params, Params][] = [
  ["no line items", { line_items: undefined }, { code: "parameter_missing", param: "line_items" }],
  ["no success_url", { success_url: undefined }, { code: "parameter_missing" }],
  ["a URL that is none", { cancel_url: "/back" }, { code: "url_invalid", param: "cancel_url" }],
  ["a bad email", { customer_email: "ada" }, { code: "email_invalid", param: "customer_email" }],
  [
    "an unknown customer",
    { customer: "cus_0", customer_email: undefined },
    { code: "resource_missing", param: "customer" },
  ],
  ["customer and email", { customer: "cus_0" }, { param: "customer_email" }],
  [
    "an unknown parameter",
    { payment_intent_data: { x: "1" } },
    { code: "parameter_unknown", param: "payment_intent_data[x]" },
  ],
  ["an unknown mode", { mode: "setup" }, { param: "mode" }],
  ["what is not for its mode", { mode: "subscription" }, { param: "payment_intent_data" }],
  [
    "a subscription to something paid once",
    { mode: "subscription", payment_intent_data: undefined },
    { param: "line_items[0]" },
  ],
  [
    "an unknown price",
    { line_items: [{ price: "price_0", quantity: 1 }] },
    { code: "resource_missing", param: "line_items[0][price]" },
  ],
  [
    "no quantity",
    { line_items: [{ ...item, quantity: undefined }] },
    { code: "parameter_missing", param: "line_items[0][quantity]" },
  ],
  [
    "a quantity of 1.5",
    { line_items: [{ ...item, quantity: 1.5 }] },
    { code: "parameter_invalid_integer", param: "line_items[0][quantity]" },
  ],
  [
    "a price and its data",
    { line_items: [{ ...item, price: "price_0" }] },
    { param: "line_items[0]" },
  ],
  [
    "an end that is too near",
    { expires_at: Math.floor(Date.now() / 1000) + 60 },
    { param: "expires_at" },
  ],
  [
    "too little money",
    { line_items: [{ quantity: 1, price_data: { ...item.price_data, unit_amount: 1 } }] },
    { code: "amount_too_small" },
  ],
];

test.each(REFUSALS)("a session with %s is refused", async (_, change, expected) => {
  const { stripe } = await emulator();
  const params = { ...PACK, ...change } as Stripe.Checkout.SessionCreateParams;
  const error = await stripe.checkout.sessions.create(params).catch((cause) => cause);
  expect(error).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
  expect(error).toMatchObject({ statusCode: 400, ...expected });
  expect(error.requestId).toMatch(/^req_/);
});

test("an inactive or recurring price is refused", async () => {
  const { stripe } = await emulator();
  const data = { currency: "usd", unit_amount: 500, product_data: { name: "Pack" } };
  const inactive = await stripe.prices.create({ ...data, active: false });
  const recurring = await stripe.prices.create({ ...data, recurring: { interval: "month" } });
  for (const { id } of [inactive, recurring]) {
    const params = { ...PACK, line_items: [{ price: id, quantity: 1 }] };
    await expect(stripe.checkout.sessions.create(params)).rejects.toMatchObject({
      param: "line_items[0][price]",
    });
  }
});

test("a wrong or missing key answers 401", async () => {
  const { sdk, url } = await emulator();
  await expect(sdk("sk_test_other").customers.list()).rejects.toBeInstanceOf(
    Stripe.errors.StripeAuthenticationError,
  );
  expect((await fetch(`${url}/v1/customers`)).status).toBe(401);
});

test("an unknown object or path answers 404", async () => {
  const { stripe } = await emulator();
  const missing = { statusCode: 404, code: "resource_missing", param: "id" };
  await expect(stripe.checkout.sessions.retrieve("cs_0")).rejects.toMatchObject(missing);
  await expect(stripe.paymentIntents.retrieve("pi_0")).rejects.toMatchObject(missing);
  await expect(stripe.events.retrieve("evt_0")).rejects.toMatchObject(missing);
  await expect(stripe.rawRequest("GET", "/v1/unicorns")).rejects.toMatchObject({
    statusCode: 404,
    message: expect.stringContaining("/v1/unicorns"),
  });
});

test("what cannot be expanded is refused", async () => {
  const { stripe } = await emulator();
  const params = { ...PACK, expand: ["unicorn"] };
  await expect(stripe.checkout.sessions.create(params)).rejects.toThrow(/cannot be expanded/);
});
