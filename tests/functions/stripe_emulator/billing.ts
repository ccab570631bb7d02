import { emulator } from "./harness.ts";

// 1 June 2027: months of 30 and 31 days follow.
export const START = Date.UTC(2027, 5, 1) / 1000;
export const DAY = 86_400;
export const HOUR = 3600;

type Card =
  | "authenticationRequired"
  | "chargeCustomerFail"
  | "visa"
  | "visa_chargeDeclinedInsufficientFunds";

// An emulator whose clock stands at START, with a customer and three prices.
export async function shop() {
  const running = await emulator({ now: () => START * 1000 });
  const { control, stripe } = running;
  const customer = await stripe.customers.create({ email: "ada@example.com" });
  const price = async (name: string, unit_amount: number, interval: "month" | "year") =>
    stripe.prices.create({
      currency: "usd",
      unit_amount,
      recurring: { interval },
      product_data: { name, metadata: { plan_code: name.toLowerCase() } },
    });
  const prices = {
    basic: await price("Basic", 1000, "month"),
    pro: await price("Pro", 4000, "month"),
    yearly: await price("Yearly", 30_000, "year"),
  };

  const open = (price: string, trialDays = 0) =>
    stripe.checkout.sessions.create({
      mode: "subscription",
      customer: customer.id,
      line_items: [{ price, quantity: 1 }],
      metadata: { checkout_id: "c1" },
      subscription_data: {
        metadata: { user_id: "u1" },
        ...(trialDays > 0 && { trial_period_days: trialDays }),
      },
      success_url: "https://app.example.com/done",
    });
  const subscribe = async (price: string, options: { trialDays?: number; card?: Card } = {}) => {
    const { id } = await open(price, options.trialDays);
    const { card } = options;
    const paid = await control(`sessions/${id}/pay`, card ? { card } : {});
    return stripe.subscriptions.retrieve(String(paid.body.subscription));
  };
  const advance = (step: { days?: number; months?: number; seconds?: number }) =>
    control("clock", step);
  // The types of all events since a subscription began, oldest first, without the payments'.
  const types = async (prefix = /^(customer\.subscription|invoice)\./) => {
    const all = await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
    return all
      .map((event) => event.type)
      .filter((type) => prefix.test(type))
      .toReversed();
  };
  return { ...running, advance, customer, open, prices, subscribe, types };
}
