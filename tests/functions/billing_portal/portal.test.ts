import { expect, test } from "vitest";
import { createStripe } from "../../../functions/_shared/stripe.ts";
import { createBillingPortalHandler } from "../../../functions/billing-portal/handler.ts";
import { ok, playedDatabase, poster, type RpcAnswer, refused } from "../played_database.ts";
import { shop } from "../stripe_emulator/billing.ts";
import { SECRET_KEY } from "../stripe_emulator/harness.ts";

const USER = "0b6a1c1e-8f0f-4b58-9a55-0d3c1f7d9b01";
const RETURN = { return_url: "https://good.example/account" };

async function portal(
  options: { customer?: RpcAnswer; known?: boolean; key?: string | null } = {},
) {
  const running = await shop();
  const known = options.known === false ? null : running.customer.id;
  const database = playedDatabase({
    billing_customer: () =>
      options.customer ??
      ok({ user_id: USER, email: "ada@example.com", stripe_customer_id: known }),
    claim_stripe_customer: ({ p_stripe_customer_id: made }) => ok(made),
  });
  const key = options.key === undefined ? SECRET_KEY : options.key;
  const handler = createBillingPortalHandler({
    stripe: key === null ? undefined : createStripe(key, running.url, 2000),
    configuration: undefined,
    returnUrlOrigins: ["https://good.example"],
    asCaller: () => database.client,
    asService: database.client,
  });
  return { ...running, database, post: poster(handler, "Bearer a.b.c") };
}

test("the caller gets the portal of their own customer", async () => {
  const { post, prices, subscribe } = await portal();
  await subscribe(prices.basic.id);
  const { status, body } = await post(RETURN);
  expect(status).toBe(200);
  const page = await (await fetch(body.url)).text();
  expect(page).toContain("Basic");
  expect(page).toContain(RETURN.return_url);
});

test("who never bought anything becomes a customer once, also at once", async () => {
  const { post, stripe } = await portal({ known: false });
  const answers = await Promise.all([post(RETURN), post(RETURN)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const made = (await stripe.customers.list()).data.filter((one) => one.metadata.user_id === USER);
  expect(made).toHaveLength(1);
});

test("the customer that came first stays, and is not given another address", async () => {
  const running = await portal({ known: false });
  const database = playedDatabase({
    billing_customer: () =>
      ok({ user_id: USER, email: "new@example.com", stripe_customer_id: null }),
    claim_stripe_customer: () => ok(running.customer.id),
  });
  const handler = createBillingPortalHandler({
    stripe: createStripe(SECRET_KEY, running.url, 2000),
    configuration: undefined,
    returnUrlOrigins: ["https://good.example"],
    asCaller: () => database.client,
    asService: database.client,
  });
  const { body } = await poster(handler, "Bearer a.b.c")(RETURN);
  expect(await (await fetch(body.url)).text()).toContain("ada@example.com");
});

test.each([
  ["nobody", refused(403, "PT403", "not_signed_in"), 401, "not_signed_in"],
  ["no profile", refused(403, "PT403", "profile_missing"), 403, "profile_missing"],
])("%s", async (_, customer, status, code) => {
  const { post } = await portal({ customer });
  expect(await post(RETURN)).toMatchObject({ status, code });
});

test("without a token, a page of ours or a key of Stripe there is no portal", async () => {
  const { database, post } = await portal();
  expect(await post(RETURN, {})).toMatchObject({ status: 401, code: "not_signed_in" });
  expect(await post({ return_url: "https://evil.example/" })).toMatchObject({
    status: 400,
    code: "return_url_not_allowed",
  });
  expect(await post({})).toMatchObject({ status: 400, code: "request_invalid" });
  expect(database.calls).toEqual([]);
  const unpaid = await portal({ key: null });
  expect(await unpaid.post(RETURN)).toMatchObject({ status: 503, code: "payments_not_configured" });
});

test("a customer whom Stripe does not know is its refusal", async () => {
  const gone = { user_id: USER, email: null, stripe_customer_id: "cus_gone" };
  const { post } = await portal({ customer: ok(gone) });
  const { body, status } = await post(RETURN);
  expect({ status, code: body.error.code }).toEqual({
    status: 502,
    code: "payment_provider_refused",
  });
  expect(JSON.stringify(body)).not.toContain("cus_gone");
});
