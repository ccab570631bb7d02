import Stripe from "stripe";
import { expect, test } from "vitest";
import { emulator, PACK } from "./harness.ts";

const once = { idempotencyKey: "once" };

test("the same key and parameters get the first answer again", async () => {
  const { stripe } = await emulator();
  const first = await stripe.checkout.sessions.create(PACK, once);
  const second = await stripe.checkout.sessions.create(PACK, once);
  expect(second.id).toBe(first.id);
  expect(second.lastResponse.headers["idempotent-replayed"]).toBe("true");
  expect(first.lastResponse.headers["idempotent-replayed"]).toBeUndefined();
  expect((await stripe.checkout.sessions.list()).data).toHaveLength(1);
});

test("the same key with other parameters or another endpoint is refused", async () => {
  const { stripe } = await emulator();
  await stripe.customers.create({ name: "Ada" }, once);
  const others = [
    stripe.customers.create({ name: "Bob" }, once),
    stripe.products.create({ name: "Ada" }, once),
  ];
  for (const other of others) {
    const error = await other.catch((cause) => cause);
    expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    expect(error).toMatchObject({ statusCode: 400, rawType: "idempotency_error" });
  }
});

test("a request that was refused leaves its key free", async () => {
  const { stripe } = await emulator();
  await expect(stripe.customers.create({ email: "ada" }, once)).rejects.toThrow();
  const customer = await stripe.customers.create({ email: "ada@example.com" }, once);
  expect(customer.email).toBe("ada@example.com");
});

test("of two requests at once one runs, the other answers 409 until the SDK retries it", async () => {
  const { control, sdk, stripe } = await emulator();
  const twice = (client: Stripe, key: string) =>
    Promise.allSettled(
      [1, 2].map(() => client.customers.create({ name: "Ada" }, { idempotencyKey: key })),
    );

  await control("faults", { delay_ms: 200 });
  const plain = await twice(stripe, "plain");
  expect(plain.filter((each) => each.status === "fulfilled")).toHaveLength(1);
  expect(plain.find((each) => each.status === "rejected")?.reason).toMatchObject({
    statusCode: 409,
    code: "idempotency_key_in_use",
  });

  await control("faults", { delay_ms: 200 });
  const patient = await twice(sdk(undefined, 3), "patient");
  const ids = patient.map((each) => (each.status === "fulfilled" ? each.value.id : each.reason));
  expect(ids[0]).toBe(ids[1]);
});

test("an answer that was lost is found again by the SDK's own retry", async () => {
  const { control, sdk, stripe } = await emulator();
  await control("faults", { executed: true, status: 502 });
  const customer = await sdk(undefined, 1).customers.create({ name: "Ada" });
  expect(customer.name).toBe("Ada");
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

test("a key is forgotten after a day", async () => {
  let now = Date.now();
  const { stripe } = await emulator({ now: () => now });
  const first = await stripe.customers.create({ name: "Ada" }, once);
  now += 25 * 3600_000;
  const second = await stripe.customers.create({ name: "Ada" }, once);
  expect(second.id).not.toBe(first.id);
});
