import { expect, test } from "vitest";
import { shop } from "./billing.ts";

async function opened() {
  const running = await shop();
  const { customer, prices, stripe, subscribe } = running;
  const subscription = await subscribe(prices.basic.id);
  const { url } = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    return_url: "https://app.example.com/account",
  });
  const show = async () => (await fetch(url)).text();
  const send = (form: Record<string, string>) =>
    fetch(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
  const read = () => stripe.subscriptions.retrieve(subscription.id);
  return { ...running, read, send, show, subscription, url };
}

test("the portal shows subscriptions, cards and invoices, and the way back", async () => {
  const { show } = await opened();
  const page = await show();
  for (const part of ["Basic", "$10.00", "a month", "renews on 2027-07-01", "4242", "/account"]) {
    expect(page).toContain(part);
  }
  expect(page).not.toMatch(/<script|src=|<link/);
});

test("a subscription is canceled and kept there", async () => {
  const { read, send, show, subscription } = await opened();
  const at = { subscription: subscription.id };
  expect((await send({ action: "cancel", ...at })).status).toBe(303);
  expect(await read()).toMatchObject({ cancel_at_period_end: true });
  expect(await show()).toContain("ends on 2027-07-01");
  await send({ action: "resume", ...at });
  expect(await read()).toMatchObject({ cancel_at_period_end: false });
});

test("a new card there is the one that is charged from now on", async () => {
  const { customer, read, send, stripe, subscription } = await opened();
  await send({ action: "card", card: "chargeCustomerFail" });
  const { default_payment_method: card } = await read();
  expect(card).not.toBe(subscription.default_payment_method);
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({
    invoice_settings: { default_payment_method: card },
  });
});

test("nobody reaches another customer's subscription through their own portal", async () => {
  const { read, stripe, subscription } = await opened();
  const other = await stripe.customers.create();
  const { url } = await stripe.billingPortal.sessions.create({ customer: other.id });
  const body = new URLSearchParams({ action: "cancel", subscription: subscription.id });
  expect((await fetch(url, { method: "POST", body })).status).toBe(404);
  expect(await read()).toMatchObject({ cancel_at_period_end: false });
  expect(await (await fetch(url)).text()).not.toContain("Basic");
  expect((await fetch(`${url}x`)).status).toBe(404);
  expect(
    (await fetch(url, { method: "POST", body: new URLSearchParams({ action: "x" }) })).status,
  ).toBe(400);
});

test("the checkout page offers the trial, says what follows, and tells a declined card", async () => {
  const { open, prices, stripe } = await shop();
  const trial = await open(prices.basic.id, 14);
  const page = await (await fetch(String(trial.url))).text();
  for (const part of ["Start the trial", "14 days free", "$10.00 a month", "$0.00"]) {
    expect(page.replace(/\s+/g, " ")).toContain(part);
  }
  expect(page).not.toContain("Pay later");

  const { id, url } = await open(prices.basic.id);
  const pay = (card: string) =>
    fetch(String(url), {
      method: "POST",
      body: new URLSearchParams({ action: "pay", card }),
      redirect: "manual",
    });
  const declined = await pay("chargeCustomerFail");
  expect(declined.status).toBe(402);
  expect(await declined.text()).toContain("Your card was declined.");
  expect((await pay("visa")).headers.get("location")).toBe("https://app.example.com/done");
  expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe("paid");
});
