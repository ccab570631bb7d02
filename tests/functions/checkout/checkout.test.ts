import { expect, test } from "vitest";
import { answerOf, checkoutFunction, ok, PACKAGE, REQUEST, TOKEN, USER } from "./harness.ts";

test("a buyer gets a session that names the checkout, the user and the package", async () => {
  const { asCaller, attach, create, post, stripe } = await checkoutFunction();
  const { status, body, headers } = await post(REQUEST);
  expect(status).toBe(200);
  expect(headers.get("access-control-allow-origin")).toBe("*");
  expect(asCaller).toHaveBeenCalledWith(TOKEN);
  expect(create).toHaveBeenCalledWith({
    p_package_id: PACKAGE,
    p_idempotency_key: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });

  const metadata = { checkout_id: body.checkout_id, user_id: USER, package_id: PACKAGE };
  const session = await stripe.checkout.sessions.retrieve(body.session_id, {
    expand: ["line_items"],
  });
  expect(session).toMatchObject({
    amount_total: 1999,
    currency: "usd",
    client_reference_id: USER,
    customer_email: "ada@example.com",
    metadata,
    success_url: REQUEST.success_url,
    url: body.url,
    line_items: { data: [{ description: "500 credits", quantity: 1 }] },
  });
  expect(attach).toHaveBeenCalledWith({
    p_checkout_id: body.checkout_id,
    p_external_id: session.id,
    p_url: body.url,
    p_stripe_customer_id: null,
  });
});

test("the payment intent carries the metadata too", async () => {
  const { control, post, stripe } = await checkoutFunction();
  const { body } = await post(REQUEST);
  await control(`sessions/${body.session_id}/pay`);
  const [intent] = (await stripe.paymentIntents.list()).data;
  expect(intent?.metadata).toMatchObject({ checkout_id: body.checkout_id, user_id: USER });
});

test("a package with a Stripe price and a known customer uses both", async () => {
  const database: { package?: object; customer?: string } = {};
  const { attach, post, stripe } = await checkoutFunction({
    create: () =>
      ok({
        checkout_id: crypto.randomUUID(),
        user_id: USER,
        email: "ada@example.com",
        package: database.package,
        stripe_customer_id: database.customer,
        status: "open",
      }),
  });
  const customer = await stripe.customers.create();
  const price = await stripe.prices.create({
    currency: "eur",
    unit_amount: 700,
    product_data: { name: "Pack" },
  });
  database.customer = customer.id;
  database.package = {
    id: PACKAGE,
    name: "500 credits",
    unit_amount: 700,
    currency: "eur",
    stripe_price_id: price.id,
  };
  const { body } = await post(REQUEST);
  const session = await stripe.checkout.sessions.retrieve(body.session_id, {
    expand: ["line_items"],
  });
  expect(session).toMatchObject({
    customer: customer.id,
    customer_email: null,
    line_items: { data: [{ price: { id: price.id } }] },
  });
  expect(attach).toHaveBeenCalledWith(
    expect.objectContaining({ p_stripe_customer_id: customer.id }),
  );
});

test("the same idempotency key twice, also at once, makes one session", async () => {
  const { post, stripe } = await checkoutFunction();
  const request = { ...REQUEST, idempotency_key: "click" };
  const [first, second] = await Promise.all([post(request), post(request)]);
  const third = await post(request);
  expect(first.status).toBe(200);
  expect([second.body, third.body]).toEqual([first.body, first.body]);
  expect((await stripe.checkout.sessions.list()).data).toHaveLength(1);

  const other = await post({ ...REQUEST, idempotency_key: "other" });
  expect(other.body.session_id).not.toBe(first.body.session_id);
  const changed = await post({ ...request, cancel_url: "https://good.example/elsewhere" });
  expect(changed).toMatchObject({ status: 409, code: "idempotency_key_reused" });
});

test("an answer of Stripe that was lost does not make a second session", async () => {
  const { control, post, stripe } = await checkoutFunction();
  await control("faults", { executed: true, status: 500 });
  expect((await post(REQUEST)).status).toBe(200);
  expect((await stripe.checkout.sessions.list()).data).toHaveLength(1);
});

test("the preflight is answered, other methods are not", async () => {
  const { handler } = await checkoutFunction();
  const preflight = await handler(new Request("http://f/checkout", { method: "OPTIONS" }));
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-methods")).toBe("POST, OPTIONS");
  expect(preflight.headers.get("access-control-allow-headers")).toContain("authorization");
  for (const method of ["GET", "PUT", "DELETE"]) {
    const answer = await answerOf(await handler(new Request("http://f/checkout", { method })));
    expect(answer).toMatchObject({ status: 405, code: "method_not_allowed" });
    expect(answer.headers.get("allow")).toBe("POST, OPTIONS");
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  }
});
