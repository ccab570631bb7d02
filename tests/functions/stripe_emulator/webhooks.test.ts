import Stripe from "stripe";
import { expect, onTestFinished, test, vi } from "vitest";
import { emulator, PACK, receiver, WEBHOOK_SECRET } from "./harness.ts";

async function wired(
  answer?: (count: number) => number,
  retryDelaysMs: readonly number[] = [5, 5, 5],
) {
  const inbox = await receiver(answer);
  const stripe = await emulator({
    webhookUrl: inbox.url,
    webhookSecret: WEBHOOK_SECRET,
    retryDelaysMs,
  });
  return { ...stripe, inbox };
}

test("a payment sends its events, signed so that the SDK accepts the bytes", async () => {
  const { control, emulator: running, inbox, stripe } = await wired();
  const session = await stripe.checkout.sessions.create(PACK);
  await control(`sessions/${session.id}/pay`);
  await running.idle();
  expect(inbox.types().toSorted()).toEqual([
    "charge.succeeded",
    "checkout.session.completed",
    "payment_intent.created",
    "payment_intent.succeeded",
  ]);
  for (const { body, signature } of inbox.received) {
    const event = Stripe.webhooks.constructEvent(body, signature, WEBHOOK_SECRET);
    expect(event).toMatchObject({ object: "event", api_version: Stripe.API_VERSION });
    expect(() => Stripe.webhooks.constructEvent(body, signature, "whsec_other")).toThrow();
  }
  const completed = inbox.received.map((each) => JSON.parse(each.body)).find(isCompleted);
  expect(completed?.data.object).toMatchObject({ id: session.id, payment_status: "paid" });
  const events = await stripe.events.list({ delivery_success: false });
  expect(events.data).toEqual([]);
});

const isCompleted = (event: Stripe.Event) => event.type === "checkout.session.completed";

test.each([
  [
    "succeeded",
    ["charge.succeeded", "checkout.session.async_payment_succeeded", "payment_intent.succeeded"],
  ],
  [
    "failed",
    ["charge.failed", "checkout.session.async_payment_failed", "payment_intent.payment_failed"],
  ],
])("a delayed payment that %s sends its own events", async (outcome, types) => {
  const { control, emulator: running, inbox, stripe } = await wired();
  const { id } = await stripe.checkout.sessions.create(PACK);
  await control(`sessions/${id}/pay`, { method: "delayed" });
  await running.idle();
  const before = inbox.received.length;
  await control(`sessions/${id}/settle`, { outcome });
  await running.idle();
  expect(inbox.types().slice(before).toSorted()).toEqual(types);
});

test("an event is sent again until it is taken, and no further", async () => {
  const { emulator: running, inbox, stripe } = await wired((count) => (count < 3 ? 500 : 200));
  await stripe.customers.create();
  await running.idle();
  expect(inbox.types()).toEqual(Array(3).fill("customer.created"));
  expect(new Set(inbox.received.map((each) => JSON.parse(each.body).id)).size).toBe(1);
});

test("attempts are bounded, and the event stays pending", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  onTestFinished(() => warn.mockRestore());
  const { emulator: running, inbox, stripe } = await wired(() => 500);
  await stripe.customers.create();
  await running.idle();
  expect(inbox.received).toHaveLength(4);
  expect(warn).toHaveBeenCalledOnce();
  const pending = await stripe.events.list({ delivery_success: false });
  expect(pending.data).toHaveLength(1);
});

test("closing stops what is waiting to be sent again", async () => {
  const inbox = await receiver(() => 500);
  const options = { webhookUrl: inbox.url, webhookSecret: WEBHOOK_SECRET };
  const { close, stripe } = await emulator({ ...options, retryDelaysMs: [60_000] });
  await stripe.customers.create();
  await expect.poll(() => inbox.received.length).toBe(1);
  await close();
  expect(inbox.received).toHaveLength(1);
});

test("an event is sent again on request, wrongly signed if wanted", async () => {
  const { control, emulator: running, inbox, stripe } = await wired();
  await stripe.customers.create();
  await running.idle();
  const [event] = (await stripe.events.list()).data;
  const resent = await control(`events/${event?.id}/resend`, { signed_seconds_ago: 301 });
  expect(resent.body).toEqual({ event: event?.id, type: "customer.created", status: 200 });
  const { body = "", signature = "" } = inbox.received[1] ?? {};
  expect(() => Stripe.webhooks.constructEvent(body, signature, WEBHOOK_SECRET)).toThrow(
    /tolerance/,
  );
});

test("events can be held back and delivered twice, shuffled and late", async () => {
  const { control, emulator: running, inbox, stripe } = await wired();
  await control("settings", { automatic_delivery: false });
  for (let i = 0; i < 4; i += 1) await stripe.customers.create({ name: String(i) });
  await running.idle();
  expect(inbox.received).toEqual([]);

  const names = () =>
    inbox.received.splice(0).map((each) => JSON.parse(each.body).data.object.name);
  await control("deliver");
  expect(names()).toEqual(["0", "1", "2", "3"]);
  await control("deliver", { twice: true, shuffled: true, seed: 7 });
  const order = names();
  expect(order.toSorted()).toEqual(["0", "0", "1", "1", "2", "2", "3", "3"]);
  expect(order).not.toEqual(order.toSorted());
  await control("deliver", { twice: true, shuffled: true, seed: 7 });
  expect(names()).toEqual(order);

  const started = Date.now();
  const [event] = (await stripe.events.list({ limit: 1 })).data;
  await control("deliver", { events: [event?.id], late: 60, parallel: true });
  expect(names()).toEqual(["3"]);
  expect(Date.now() - started).toBeGreaterThanOrEqual(59);
});
