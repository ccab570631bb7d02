import type Stripe from "stripe";
import { expect, test } from "vitest";
import { createStripe } from "../../../functions/_shared/stripe.ts";
import { createCheckoutHandler } from "../../../functions/checkout/handler.ts";
import { ok, playedDatabase, poster, type RpcAnswer, refused } from "../played_database.ts";
import { shop } from "../stripe_emulator/billing.ts";
import { SECRET_KEY } from "../stripe_emulator/harness.ts";
import { REQUEST, TOKEN, USER } from "./harness.ts";

const PLAN = "5f2b7f0c-1b57-4d1e-8a7e-7d0f6c9a1b02";

type Subscriptions = { status: string; trial_start: number | null }[];
type Sessions = { id: string; metadata: { checkout_id?: string } }[];

// The function with a real SDK and a real emulator. The played database decides as the real one
// does: one subscription, one trial.
async function subscribing(change: Record<string, (args: never) => RpcAnswer> = {}) {
  const running = await shop();
  let customer: string | null = null;
  const checkouts = new Map<string, { id: string; session?: string; url?: string }>();
  const database = playedDatabase({
    begin_subscription_checkout: ({ p_idempotency_key: key }) => {
      const found = checkouts.get(String(key)) ?? { id: crypto.randomUUID() };
      checkouts.set(String(key), found);
      return ok({
        checkout_id: found.id,
        user_id: USER,
        email: "ada@example.com",
        plan_id: PLAN,
        price_id: running.prices.basic.id,
        stripe_customer_id: customer,
        session_id: found.session ?? null,
        url: found.url ?? null,
      });
    },
    claim_stripe_customer: ({ p_stripe_customer_id: made }) => {
      customer ??= String(made);
      return ok(customer);
    },
    decide_subscription_checkout: (args) => {
      const subscriptions = args.p_subscriptions as Subscriptions;
      if (subscriptions.some(({ status }) => status !== "canceled")) {
        return refused(409, "PT409", "already_subscribed");
      }
      return ok({
        trial_days: subscriptions.some((each) => each.trial_start !== null) ? 0 : 14,
        expire: (args.p_sessions as Sessions)
          .filter(({ metadata }) => metadata.checkout_id !== args.p_checkout_id)
          .map(({ id }) => id),
      });
    },
    attach_subscription_checkout: (args) => {
      const found = [...checkouts.values()].find(({ id }) => id === args.p_checkout_id);
      Object.assign(found ?? {}, { session: args.p_session_id, url: args.p_url });
      return ok({});
    },
    release_subscription_checkout: () => ok(null),
    ...change,
  });
  const handler = createCheckoutHandler({
    stripe: createStripe(SECRET_KEY, running.url, 2000),
    returnUrlOrigins: ["https://good.example", "http://localhost:3000"],
    asCaller: () => database.client,
    asService: database.client,
  });
  const post = poster(handler, TOKEN);
  const { package_id: _, ...page } = REQUEST;
  const subscribe = (key?: string) =>
    post({ plan_id: PLAN, ...page, ...(key && { idempotency_key: key }) });
  return { ...running, database, page, post, subscribe };
}

test("a subscriber gets a session with the trial, the user and the plan", async () => {
  const { database, stripe, subscribe, url } = await subscribing();
  const { status, body } = await subscribe();
  expect(status).toBe(200);
  expect(body.url).toBe(`${url}/checkout/pay/${body.session_id}`);
  const metadata = { checkout_id: body.checkout_id, plan_id: PLAN, user_id: USER };
  const session = await stripe.checkout.sessions.retrieve(body.session_id, {
    expand: ["customer"],
  });
  expect(session).toMatchObject({
    mode: "subscription",
    amount_total: 0,
    client_reference_id: USER,
    metadata,
    customer: { email: "ada@example.com", metadata: { user_id: USER } },
  });
  expect(database.named("attach_subscription_checkout")).toEqual([
    { p_checkout_id: body.checkout_id, p_session_id: body.session_id, p_url: body.url },
  ]);
});

test("the subscription carries the user, so that an event alone says whose it is", async () => {
  const { control, stripe, subscribe } = await subscribing();
  const { body } = await subscribe();
  await control(`sessions/${body.session_id}/pay`);
  const [subscription] = (await stripe.subscriptions.list()).data;
  expect(subscription).toMatchObject({
    status: "trialing",
    metadata: { checkout_id: body.checkout_id, user_id: USER, plan_id: PLAN },
  });
});

test("who had a trial gets none", async () => {
  const { control, stripe, subscribe } = await subscribing();
  const first = await subscribe();
  await control(`sessions/${first.body.session_id}/pay`);
  const [subscription] = (await stripe.subscriptions.list()).data;
  await stripe.subscriptions.cancel(String(subscription?.id));
  const second = await subscribe();
  const session = await stripe.checkout.sessions.retrieve(second.body.session_id);
  expect(session.amount_total).toBe(1000);
});

test("two checkouts are one customer and one open session", async () => {
  const { database, stripe, subscribe } = await subscribing();
  const answers = await Promise.all([subscribe("a"), subscribe("b"), subscribe("c")]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const customers = (await stripe.customers.list()).data.filter(
    (each) => each.metadata.user_id === USER,
  );
  expect(customers).toHaveLength(1);
  expect(customers[0]?.email).toBe("ada@example.com");
  await subscribe("d");
  const open = await stripe.checkout.sessions.list({ status: "open" });
  expect(open.data).toHaveLength(1);
  expect(database.named("claim_stripe_customer").length).toBeGreaterThan(0);
});

test("the same key finds the same session and asks Stripe for nothing", async () => {
  const { stripe, subscribe } = await subscribing();
  const first = await subscribe("click");
  const before = (await stripe.events.list()).data.length;
  expect((await subscribe("click")).body).toEqual(first.body);
  expect((await stripe.checkout.sessions.list()).data).toHaveLength(1);
  expect((await stripe.events.list()).data).toHaveLength(before);
});

test("the same key twice at once makes one session", async () => {
  const { stripe, subscribe } = await subscribing();
  const [first, second] = await Promise.all([subscribe("click"), subscribe("click")]);
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.body).toEqual(first.body);
  expect((await stripe.checkout.sessions.list({ status: "open" })).data).toHaveLength(1);
});

test("a checkout that was paid a moment ago is a subscription, not another one", async () => {
  const { control, database, stripe, subscribe } = await subscribing();
  const first = await subscribe();
  await control(`sessions/${first.body.session_id}/pay`);
  expect(await subscribe()).toMatchObject({ status: 409, code: "already_subscribed" });
  expect((await stripe.checkout.sessions.list({ status: "open" })).data).toEqual([]);
  expect(database.named("release_subscription_checkout")).toHaveLength(1);
});

test("a session that is paid while the next one is made stops the next one", async () => {
  let expire: string[] = [];
  const running = await subscribing({
    decide_subscription_checkout: () => ok({ trial_days: 0, expire }),
  });
  const first = await running.subscribe();
  await running.control(`sessions/${first.body.session_id}/pay`);
  expire = [first.body.session_id];
  expect(await running.subscribe()).toMatchObject({ status: 409, code: "already_subscribed" });
});

test("Stripe's silence keeps the hold, its refusal ends it", async () => {
  const { control, database, prices, stripe, subscribe } = await subscribing();
  await control("faults", { path: "/v1/checkout/sessions", status: 503, times: 6 });
  expect(await subscribe("a")).toMatchObject({ status: 502, code: "payment_provider_unavailable" });
  expect(database.named("release_subscription_checkout")).toEqual([]);
  await control("faults", {}, "DELETE");
  await stripe.prices.update(prices.basic.id, { active: false });
  expect(await subscribe("a")).toMatchObject({ status: 502, code: "payment_provider_refused" });
  expect(database.named("release_subscription_checkout")).toHaveLength(1);
});

test.each([
  ["an unknown plan", refused(404, "PT404", "plan_not_found"), 404, "plan_not_found"],
  ["a plan without a price", refused(422, "PT422", "plan_not_for_sale"), 422, "plan_not_for_sale"],
  ["a live one", refused(409, "PT409", "already_subscribed"), 409, "already_subscribed"],
  ["another tab", refused(409, "PT409", "checkout_in_progress"), 409, "checkout_in_progress"],
])("%s is refused before Stripe is asked", async (_, answer, status, code) => {
  const { stripe, subscribe } = await subscribing({ begin_subscription_checkout: () => answer });
  expect(await subscribe()).toMatchObject({ status, code });
  expect((await stripe.checkout.sessions.list()).data).toEqual([]);
});

test.each([
  ["both", { plan_id: PLAN, package_id: REQUEST.package_id }],
  ["neither", {}],
])("a body that names %s of plan and package", async (_, named) => {
  const { database, page, post } = await subscribing();
  expect(await post({ ...page, ...named })).toMatchObject({ status: 400, code: "request_invalid" });
  expect(database.calls).toEqual([]);
});

test("a foreign return URL is refused before anyone is asked", async () => {
  const { database, page, post } = await subscribing();
  const request: Partial<Stripe.Checkout.SessionCreateParams> & { plan_id: string } = {
    plan_id: PLAN,
    ...page,
    success_url: "https://evil.example/",
  };
  expect(await post(request)).toMatchObject({ status: 400, code: "return_url_not_allowed" });
  expect(database.calls).toEqual([]);
});
