import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { available, findings, stripeOf } from "../support/billing.ts";
import { bootStack, type TestStack, type User } from "../support/stack.ts";
import { until } from "../support/until.ts";

let stack: TestStack;
let stripe: Stripe;
beforeAll(async () => {
  stack = await bootStack();
  stripe = stripeOf(stack);
});
afterAll(() => stack?.stop());

// What cron does every ten seconds and every minute.
async function sweep(): Promise<void> {
  await stack.db.query("select private.look_again(d) from private.due_looks() as d");
  await stack.db.query("select private.handle_crossing(d) from private.due_crossings() as d");
}

async function spendDownTo(user: User, left: number): Promise<void> {
  const { error } = await stack.service().rpc("spend_credits", {
    p_user_id: user.id,
    p_amount: (await available(user)) - left,
  });
  if (error) throw error;
  await sweep();
}

async function setAutoTopUp(user: User) {
  const { data: pack } = await user.client
    .from("credit_packages")
    .select("id, unit_amount")
    .eq("code", "starter")
    .single();
  return user.client.rpc("set_auto_top_up", {
    p_enabled: true,
    p_threshold: 50,
    p_package_id: pack?.id ?? "",
    p_monthly_cap: 10 * (pack?.unit_amount ?? 0),
  });
}

// A card of the customer's, as the portal would leave it.
async function saveCard(user: User, customer: string, card: string): Promise<void> {
  const { id } = await stripe.paymentMethods.attach(card, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  await until(
    async () => (await user.client.from("customers").select().maybeSingle()).data,
    (seen) => seen?.default_payment_method === id,
  );
}

const topUps = async (user: User) =>
  (await user.client.from("top_ups").select("status, decline_code").order("created_at")).data ?? [];

test("a balance that falls is topped up with the saved card, and a declined one is told once", async () => {
  const user = await stack.signUp();
  expect((await setAutoTopUp(user)).error?.message).toBe("payment_method_missing");
  const { id: customer } = await stripe.customers.create({ metadata: { user_id: user.id } });
  await saveCard(user, customer, "pm_card_visa");
  expect((await setAutoTopUp(user)).error).toBeNull();

  await spendDownTo(user, 40);
  await until(
    () => available(user),
    (seen) => seen === 140,
  );
  expect(await topUps(user)).toEqual([{ status: "paid", decline_code: null }]);

  await saveCard(user, customer, "pm_card_chargeCustomerFail");
  await spendDownTo(user, 10);
  const told = await until(
    async () => (await user.client.from("notifications_outbox").select("kind, payload")).data ?? [],
    (seen) => seen.length > 0,
  );
  expect(told).toMatchObject([{ kind: "top_up_failed", payload: { reason: "declined" } }]);
  expect(await topUps(user)).toMatchObject([{ status: "paid" }, { status: "failed" }]);
  expect(await available(user)).toBe(10);

  // Another card, and the balance is looked at again.
  await saveCard(user, customer, "pm_card_visa");
  await sweep();
  await until(
    () => available(user),
    (seen) => seen === 110,
  );
  expect(await findings(stack, user)).toEqual([]);
});

test("a card that was taken off is charged no more", async () => {
  const user = await stack.signUp();
  const { id: customer } = await stripe.customers.create({ metadata: { user_id: user.id } });
  await saveCard(user, customer, "pm_card_visa");
  expect((await setAutoTopUp(user)).error).toBeNull();
  const { data: cards } = await stripe.customers.listPaymentMethods(customer);
  await stripe.paymentMethods.detach(String(cards[0]?.id));
  await until(
    () => stack.db.query("select private.saved_payment_method($1) as id", [user.id]),
    (seen) => (seen as { id: string | null }[])[0]?.id === null,
  );
  await spendDownTo(user, 10);
  expect(await topUps(user)).toEqual([]);
});
