import type Stripe from "stripe";
import type { Cause, Context } from "../context.ts";
import { NO_REQUEST } from "../context.ts";
import { invalid, missing } from "../errors.ts";
import { newId } from "../ids.ts";
import { priceById } from "../resources/prices.ts";
import { newPhase, newSchedule } from "./new_schedule.ts";
import { repriced } from "./new_subscription.ts";
import { boundary, type Interval } from "./period.ts";
import type { ScheduleRecord, SubscriptionRecord } from "./wire.ts";

type Schedule = Stripe.SubscriptionSchedule;

export interface PhaseOrder {
  items: { price: string; quantity?: number | undefined }[];
  start_date?: number | undefined;
  end_date?: number | undefined;
  duration?: Interval | undefined;
  proration_behavior?: "none" | "create_prorations" | "always_invoice" | undefined;
}

export function scheduleOf(ctx: Context, id: string): ScheduleRecord {
  const record = ctx.store.get("schedules", id);
  if (!record) throw missing("subscription_schedule", id);
  return record;
}

// A schedule that goes on as the subscription does, until its phases are changed.
export function scheduleFrom(ctx: Context, record: SubscriptionRecord, cause: Cause): Schedule {
  const { subscription } = record;
  if (subscription.schedule) {
    throw invalid("The subscription has a schedule already.", "from_subscription");
  }
  const [item] = subscription.items.data;
  if (!item || subscription.status === "canceled") {
    throw invalid("This subscription cannot be scheduled.", "from_subscription");
  }
  const schedule = newSchedule(ctx, newId("schedule"), subscription, [
    newPhase({
      currency: subscription.currency,
      start: item.current_period_start,
      end: item.current_period_end,
      items: subscription.items.data.map(({ price, quantity }) => ({ price: price.id, quantity })),
      proration: "create_prorations",
    }),
  ]);
  ctx.store.put("schedules", schedule.id, { schedule });
  ctx.emit("subscription_schedule.created", schedule, cause);
  ctx.change("customer.subscription.updated", subscription, cause, (each) => {
    each.schedule = schedule.id;
  });
  ctx.store.put("subscriptions", subscription.id, record);
  return schedule;
}

export function setPhases(
  ctx: Context,
  record: ScheduleRecord,
  phases: readonly PhaseOrder[],
  endBehavior: Schedule["end_behavior"] | undefined,
  cause: Cause,
): Schedule {
  const { schedule } = record;
  if (schedule.status !== "active") throw invalid(`The schedule is ${schedule.status}.`);
  const made = chained(ctx, schedule, phases);
  ctx.change("subscription_schedule.updated", schedule, cause, (each) => {
    each.phases = made;
    each.end_behavior = endBehavior ?? each.end_behavior;
  });
  ctx.store.put("schedules", schedule.id, record);
  return schedule;
}

// Each phase starts where the one before ends. The emulator knows changes at a period's end only.
function chained(ctx: Context, schedule: Schedule, orders: readonly PhaseOrder[]) {
  const current = schedule.phases[0];
  let from = current?.start_date ?? ctx.now();
  const phases = orders.map((order, index) => {
    const prices = order.items.map((item, at) =>
      priceById(ctx, item.price, `phases[${index}][items][${at}][price]`),
    );
    const every = order.duration ??
      prices[0]?.recurring ?? { interval: "month", interval_count: 1 };
    if (order.start_date !== undefined && order.start_date !== from) {
      throw invalid("A phase starts where the one before ends.", `phases[${index}][start_date]`);
    }
    const phase = newPhase({
      currency: prices[0]?.currency ?? "usd",
      start: from,
      end: order.end_date ?? boundary(from, every, 1),
      items: order.items.map(({ price, quantity = 1 }) => ({ price, quantity })),
      proration: order.proration_behavior ?? "create_prorations",
    });
    from = phase.end_date;
    return phase;
  });
  if (phases[0]?.end_date !== current?.end_date) {
    throw invalid("The local emulator ends the current phase with its period.", "phases[0]");
  }
  if (phases[0]?.items[0]?.price !== current?.items[0]?.price) {
    throw invalid("The local emulator does not change the current phase.", "phases[0]");
  }
  return phases;
}

// At a period's end: the next phase's items, or the schedule's own end.
export function advancePhase(ctx: Context, record: SubscriptionRecord): void {
  const { subscription } = record;
  if (!subscription.schedule) return;
  const { schedule } = scheduleOf(ctx, subscription.schedule);
  const now = ctx.now();
  const next = schedule.phases.find((phase) => phase.start_date === now);
  if (!next) {
    if ((schedule.phases.at(-1)?.end_date ?? now) <= now) {
      dropSchedule(ctx, record, "released", NO_REQUEST);
    }
    return;
  }
  const before = subscription.items.data[0]?.price.recurring;
  subscription.items.data = subscription.items.data.map((item, index) => {
    const order = next.items[index];
    return order ? repriced(item, priceById(ctx, String(order.price)), order.quantity ?? 1) : item;
  });
  const after = subscription.items.data[0]?.price.recurring;
  if (before?.interval !== after?.interval || before?.interval_count !== after?.interval_count) {
    subscription.billing_cycle_anchor = now;
  }
  ctx.change("subscription_schedule.updated", schedule, NO_REQUEST, (each) => {
    each.current_phase = { start_date: next.start_date, end_date: next.end_date };
  });
  ctx.store.put("schedules", schedule.id, { schedule });
}

// The subscription goes on (released) or ends (canceled) without its schedule.
export function dropSchedule(
  ctx: Context,
  { subscription }: SubscriptionRecord,
  how: "released" | "canceled",
  cause: Cause,
): void {
  if (!subscription.schedule) return;
  const { schedule } = scheduleOf(ctx, subscription.schedule);
  schedule.status = how;
  schedule.current_phase = null;
  if (how === "released") {
    schedule.released_at = ctx.now();
    schedule.released_subscription = subscription.id;
    schedule.subscription = null;
  } else {
    schedule.canceled_at = ctx.now();
  }
  subscription.schedule = null;
  ctx.store.put("schedules", schedule.id, { schedule });
  ctx.emit(`subscription_schedule.${how}`, schedule, cause);
}
