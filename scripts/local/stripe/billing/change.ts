import type { Cause, Context } from "../context.ts";
import { invalid } from "../errors.ts";
import { newId } from "../ids.ts";
import type { WirePrice } from "../resources/prices.ts";
import { draft, finalize, voidInvoice } from "./invoice.ts";
import { periodLine, prorationLines } from "./lines.ts";
import { repriced } from "./new_subscription.ts";
import { nextBoundary } from "./period.ts";
import { intervalOf, pay, UPDATED } from "./subscription.ts";
import type { SubscriptionRecord, WireInvoice, WireItem, WireLine } from "./wire.ts";

// How long a declined change waits for its payment.
const PENDING_SECONDS = 23 * 3600;

export interface ItemOrder {
  id: string;
  price: WirePrice;
  quantity: number;
}

export interface ChangeOrder {
  items: ItemOrder[];
  proration: "none" | "create_prorations" | "always_invoice";
  // pending_if_incomplete: nothing changes before the money is there.
  waitForPayment: boolean;
  cause: Cause;
}

// Other items in mid-period.
export function changeItems(ctx: Context, record: SubscriptionRecord, order: ChangeOrder): void {
  const { subscription } = record;
  const { cause } = order;
  const from = subscription.items.data;
  const to = wanted(ctx, record, order.items);
  if (to.every((item, index) => isSame(item, from[index]))) return;
  const anew = to.some(
    (item, index) => item.current_period_end !== from[index]?.current_period_end,
  );
  const lines = linesOf(ctx, record, to, order.proration, anew);
  if (lines.length === 0 || (order.proration === "create_prorations" && !anew)) {
    record.pending.push(...lines);
    apply(ctx, record, to, cause);
    return;
  }
  if (!order.waitForPayment) apply(ctx, record, to, cause);
  const invoice = draft(
    ctx,
    record,
    {
      id: newId("invoice"),
      lines: [...record.pending.splice(0), ...lines],
      reason: "subscription_update",
      period: { start: ctx.now(), end: ctx.now() },
      openFor: 0,
    },
    cause,
  );
  finalize(ctx, invoice, cause);
  ctx.change(UPDATED, subscription, cause, (each) => {
    each.latest_invoice = invoice.id;
  });
  if (!order.waitForPayment) {
    pay(ctx, invoice, { offSession: false }, cause);
    return;
  }
  record.pendingInvoice = invoice.id;
  if (pay(ctx, invoice, { offSession: true }, cause)) {
    record.pendingInvoice = null;
    apply(ctx, record, to, cause);
  } else {
    ctx.change(UPDATED, subscription, cause, (each) => {
      each.pending_update = pendingUpdate(ctx.now() + PENDING_SECONDS, to);
    });
  }
  ctx.store.put("subscriptions", subscription.id, record);
}

function wanted(ctx: Context, { subscription }: SubscriptionRecord, orders: ItemOrder[]) {
  for (const [index, { id }] of orders.entries()) {
    if (!subscription.items.data.some((item) => item.id === id)) {
      throw invalid(`No such subscription item: '${id}'`, `items[${index}][id]`);
    }
  }
  return subscription.items.data.map((item) => {
    const order = orders.find((each) => each.id === item.id);
    if (!order) return item;
    const next = repriced(item, order.price, order.quantity);
    const [was, is] = [intervalOf(item), intervalOf(next)];
    const same = was.interval === is.interval && was.interval_count === is.interval_count;
    if (same || subscription.status === "trialing") return next;
    // Another rhythm starts now.
    next.current_period_start = ctx.now();
    next.current_period_end = nextBoundary(ctx.now(), is, ctx.now());
    return next;
  });
}

function isSame(item: WireItem, other: WireItem | undefined): boolean {
  return item.price.id === other?.price.id && item.quantity === other.quantity;
}

// A trial costs nothing, so there is nothing to settle.
function linesOf(
  ctx: Context,
  { subscription }: SubscriptionRecord,
  to: WireItem[],
  proration: ChangeOrder["proration"],
  anew: boolean,
): WireLine[] {
  if (subscription.status === "trialing") return [];
  return to.flatMap((item, index) => {
    const was = subscription.items.data[index];
    if (!was || isSame(item, was)) return [];
    const { current_period_start: start, current_period_end: end } = item;
    const settled =
      proration === "none" ? [] : prorationLines(ctx, subscription, was, item, ctx.now());
    return anew
      ? [...settled, periodLine(ctx, subscription, item, { start, end }, false)]
      : settled;
  });
}

function apply(ctx: Context, record: SubscriptionRecord, to: WireItem[], cause: Cause): void {
  const { subscription } = record;
  ctx.change(UPDATED, subscription, cause, (each) => {
    const started = to[0]?.current_period_start;
    if (started !== undefined && started !== each.items.data[0]?.current_period_start) {
      each.billing_cycle_anchor = started;
    }
    each.items.data = to;
    each.pending_update = null;
  });
  ctx.store.put("subscriptions", subscription.id, record);
}

function pendingUpdate(expiresAt: number, items: WireItem[]) {
  return {
    billing_cycle_anchor: null,
    cancel_at_period_end: null,
    discount: null,
    discounts: null,
    expires_at: expiresAt,
    metadata: null,
    subscription_items: structuredClone(items),
    trial_end: null,
    trial_from_plan: null,
  };
}

// The invoice of a pending update was paid after all.
export function applyPending(ctx: Context, record: SubscriptionRecord, cause: Cause): void {
  const items = record.subscription.pending_update?.subscription_items;
  record.pendingInvoice = null;
  if (!items) return;
  apply(ctx, record, items, cause);
  ctx.emit("customer.subscription.pending_update_applied", record.subscription, cause);
}

export function expirePending(
  ctx: Context,
  record: SubscriptionRecord,
  invoice: WireInvoice | undefined,
  cause: Cause,
): void {
  record.pendingInvoice = null;
  if (invoice?.status === "open") voidInvoice(ctx, invoice, cause);
  ctx.change(UPDATED, record.subscription, cause, (each) => {
    each.pending_update = null;
  });
  ctx.store.put("subscriptions", record.subscription.id, record);
  ctx.emit("customer.subscription.pending_update_expired", record.subscription, cause);
}
