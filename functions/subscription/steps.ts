import type Stripe from "stripe";
import { z } from "zod";
import { atStripe } from "../_shared/stripe_error.ts";

// What the database decides has to be done at Stripe, in this order.
export const stepSchema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("release_schedule"), schedule_id: z.string() }),
  z.object({ do: z.literal("set_cancel"), cancel_at_period_end: z.boolean() }),
  z.object({
    do: z.literal("set_price"),
    item_id: z.string(),
    price_id: z.string(),
    quantity: z.int().positive(),
    proration: z.enum(["always_invoice", "none"]),
  }),
  z.object({
    do: z.literal("schedule_price"),
    price_id: z.string(),
    quantity: z.int().positive(),
    interval: z.enum(["day", "week", "month", "year"]),
    interval_count: z.int().positive(),
  }),
]);

export type Step = z.output<typeof stepSchema>;
type Of<Name extends Step["do"]> = Extract<Step, { do: Name }>;

// Carries one step out. The key is the step's own: done twice it is done once. The page on which
// the caller has to pay first, if there is one.
export async function carryOut(
  stripe: Stripe,
  subscription: string,
  step: Step,
  key: string,
): Promise<string | null> {
  const once = { idempotencyKey: key };
  switch (step.do) {
    case "release_schedule":
      await atStripe(() => stripe.subscriptionSchedules.release(step.schedule_id, {}, once));
      return null;
    case "set_cancel": {
      const { cancel_at_period_end } = step;
      await atStripe(() =>
        stripe.subscriptions.update(subscription, { cancel_at_period_end }, once),
      );
      return null;
    }
    case "set_price":
      return setPrice(stripe, subscription, step, key);
    case "schedule_price":
      await schedulePrice(stripe, subscription, step, key);
      return null;
  }
}

// Nothing changes before the difference is paid: a declined card leaves a pending update, which
// lapses within a day unless its invoice is paid.
async function setPrice(
  stripe: Stripe,
  id: string,
  { item_id, price_id, proration, quantity }: Of<"set_price">,
  key: string,
): Promise<string | null> {
  const subscription = await atStripe(() =>
    stripe.subscriptions.update(
      id,
      {
        items: [{ id: item_id, price: price_id, quantity }],
        proration_behavior: proration,
        // Where nothing is settled nothing is due.
        ...(proration !== "none" && { payment_behavior: "pending_if_incomplete" as const }),
        expand: ["latest_invoice"],
      },
      { idempotencyKey: key },
    ),
  );
  const { latest_invoice: invoice, pending_update: pending } = subscription;
  if (!pending || invoice === null || typeof invoice === "string") return null;
  return invoice.hosted_invoice_url ?? null;
}

// The current phase stays as it is; the other price follows it for a period, and then the schedule
// lets go.
async function schedulePrice(
  stripe: Stripe,
  subscription: string,
  { interval, interval_count, price_id: price, quantity }: Of<"schedule_price">,
  key: string,
): Promise<void> {
  const schedule = await atStripe(() =>
    stripe.subscriptionSchedules.create(
      { from_subscription: subscription },
      { idempotencyKey: `${key}:create` },
    ),
  );
  const [current] = schedule.phases;
  if (!current) throw new Error(`The schedule ${schedule.id} has no phase.`);
  const discounts = discountsOf(current);
  const now = {
    ...discounts,
    items: current.items.map((item) => ({
      price: idOf(item.price),
      quantity: item.quantity ?? 1,
    })),
    start_date: current.start_date,
    end_date: current.end_date,
  };
  const next = {
    ...discounts,
    items: [{ price, quantity }],
    duration: { interval, interval_count },
    proration_behavior: "none" as const,
  };
  await atStripe(() =>
    stripe.subscriptionSchedules.update(
      schedule.id,
      { end_behavior: "release", phases: [now, next], proration_behavior: "none" },
      { idempotencyKey: `${key}:phases` },
    ),
  );
}

// A phase that does not name its discounts would lose them.
function discountsOf({ discounts }: Stripe.SubscriptionSchedule.Phase) {
  if (discounts.length === 0) return {};
  return {
    discounts: discounts.map(({ coupon, discount, promotion_code: code }) => {
      if (discount) return { discount: idOf(discount) };
      return code ? { promotion_code: idOf(code) } : { coupon: idOf(coupon ?? "") };
    }),
  };
}

function idOf(value: string | { id: string }): string {
  return typeof value === "string" ? value : value.id;
}
