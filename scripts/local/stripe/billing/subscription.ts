import type Stripe from "stripe";
import { type Cause, type Context, NO_REQUEST } from "../context.ts";
import { missing } from "../errors.ts";
import { newId } from "../ids.ts";
import { customerById } from "../resources/customers.ts";
import { paymentMethodById } from "../resources/payment_methods.ts";
import type { WirePrice } from "../resources/prices.ts";
import { attempt, draft, finalize } from "./invoice.ts";
import { periodLine } from "./lines.ts";
import { newItem, newSubscription } from "./new_subscription.ts";
import { nextBoundary } from "./period.ts";
import { advancePhase, dropSchedule } from "./schedule.ts";
import type { SubscriptionRecord, WireInvoice, WireSubscription } from "./wire.ts";

const DAY = 86_400;
// Between a renewal's draft and its payment.
const DRAFT_SECONDS = 3600;

export const UPDATED = "customer.subscription.updated";

export interface Start {
  customer: string;
  items: { price: WirePrice; quantity: number }[];
  trialDays: number;
  method: Stripe.PaymentMethod;
  metadata: Record<string, string>;
}

export function subscriptionOf(ctx: Context, id: string, param?: string): SubscriptionRecord {
  const record = ctx.store.get("subscriptions", id);
  if (!record) throw missing("subscription", id, param);
  return record;
}

export function isLive({ status }: WireSubscription): boolean {
  return status !== "canceled" && status !== "incomplete_expired";
}

export function intervalOf({ price }: { price: WirePrice }) {
  return price.recurring ?? { interval: "month", interval_count: 1 };
}

// The subscription, its first invoice and the first payment.
export function start(ctx: Context, given: Start, cause: Cause): SubscriptionRecord {
  const now = ctx.now();
  const id = newId("subscription");
  const trial = given.trialDays > 0 ? { start: now, end: now + given.trialDays * DAY } : undefined;
  const anchor = trial?.end ?? now;
  const items = given.items.map(({ price, quantity }) => {
    const end = trial?.end ?? nextBoundary(now, intervalOf({ price }), now);
    return newItem(ctx, id, price, quantity, { start: now, end });
  });
  const invoice = newId("invoice");
  const record: SubscriptionRecord = {
    subscription: newSubscription(ctx, {
      ...given,
      id,
      method: given.method.id,
      invoice,
      anchor,
      trial,
      items,
    }),
    pending: [],
    toldTrialEnd: false,
    pendingInvoice: null,
  };
  ctx.store.put("subscriptions", id, record);
  ctx.emit("customer.subscription.created", record.subscription, cause);
  const first = bill(
    ctx,
    record,
    invoice,
    "subscription_create",
    { start: now, end: now },
    0,
    cause,
  );
  finalize(ctx, first, cause);
  pay(ctx, first, { offSession: false }, cause);
  return record;
}

// What is due at the end of a period: an end, or the next period with its invoice.
export function renew(ctx: Context, record: SubscriptionRecord): void {
  const { subscription } = record;
  const now = ctx.now();
  if (subscription.cancel_at !== null && subscription.cancel_at <= now) {
    end(ctx, record, "cancellation_requested", NO_REQUEST);
    return;
  }
  const [first] = subscription.items.data;
  const past = { start: first?.current_period_start ?? now, end: now };
  const invoice = newId("invoice");
  ctx.change(UPDATED, subscription, NO_REQUEST, () => {
    advancePhase(ctx, record);
    subscription.items.data = subscription.items.data.map((item) => ({
      ...item,
      current_period_start: now,
      current_period_end: nextBoundary(subscription.billing_cycle_anchor, intervalOf(item), now),
    }));
    if (subscription.status === "trialing") subscription.status = "active";
    subscription.latest_invoice = invoice;
  });
  bill(ctx, record, invoice, "subscription_cycle", past, DRAFT_SECONDS, NO_REQUEST);
  ctx.store.put("subscriptions", subscription.id, record);
}

function bill(
  ctx: Context,
  record: SubscriptionRecord,
  id: string,
  reason: Stripe.Invoice.BillingReason,
  period: { start: number; end: number },
  openFor: number,
  cause: Cause,
): WireInvoice {
  const { subscription } = record;
  const trial = subscription.status === "trialing";
  const lines = subscription.items.data.map((item) =>
    periodLine(
      ctx,
      subscription,
      item,
      { start: item.current_period_start, end: item.current_period_end },
      trial,
    ),
  );
  const waiting = record.pending.splice(0);
  return draft(ctx, record, { id, lines: [...waiting, ...lines], reason, period, openFor }, cause);
}

// Pays a subscription's invoice by its card, and what follows from that for the subscription.
export function pay(
  ctx: Context,
  invoice: WireInvoice,
  how: { offSession: boolean; method?: Stripe.PaymentMethod | undefined },
  cause: Cause,
): boolean {
  const id = invoice.parent?.subscription_details?.subscription;
  const record = subscriptionOf(ctx, String(id));
  const { subscription } = record;
  const method = how.method ?? cardOf(ctx, subscription);
  const paid = attempt(ctx, invoice, method, how.offSession, cause);
  if (record.pendingInvoice === invoice.id) return paid;
  if (!isLive(subscription)) return paid;
  if (paid) {
    if (subscription.status !== "trialing") become(ctx, record, "active", cause);
  } else if (invoice.next_payment_attempt === null) {
    end(ctx, record, "payment_failed", cause);
  } else {
    become(
      ctx,
      record,
      invoice.billing_reason === "subscription_create" ? "incomplete" : "past_due",
      cause,
    );
  }
  return paid;
}

function cardOf(ctx: Context, subscription: WireSubscription): Stripe.PaymentMethod | undefined {
  const customer = customerById(ctx, subscription.customer);
  const own = subscription.default_payment_method;
  const id = own ?? customer.invoice_settings.default_payment_method;
  return id ? paymentMethodById(ctx, String(id)) : undefined;
}

function become(
  ctx: Context,
  record: SubscriptionRecord,
  status: Stripe.Subscription.Status,
  cause: Cause,
): void {
  ctx.change(UPDATED, record.subscription, cause, (each) => {
    each.status = status;
  });
  ctx.store.put("subscriptions", record.subscription.id, record);
}

export function tellTrialEnd(ctx: Context, record: SubscriptionRecord): void {
  record.toldTrialEnd = true;
  ctx.store.put("subscriptions", record.subscription.id, record);
  ctx.emit("customer.subscription.trial_will_end", record.subscription);
}

export function end(
  ctx: Context,
  record: SubscriptionRecord,
  reason: Stripe.Subscription.CancellationDetails.Reason,
  cause: Cause,
): WireSubscription {
  const { subscription } = record;
  subscription.status = "canceled";
  subscription.canceled_at ??= ctx.now();
  subscription.ended_at = ctx.now();
  subscription.pending_update = null;
  if (subscription.cancellation_details) subscription.cancellation_details.reason ??= reason;
  dropSchedule(ctx, record, "canceled", cause);
  stopBilling(ctx, subscription.id);
  ctx.store.put("subscriptions", subscription.id, record);
  ctx.emit("customer.subscription.deleted", subscription, cause);
  return subscription;
}

// Nobody finalizes or collects what is left.
function stopBilling(ctx: Context, subscription: string): void {
  for (const invoice of ctx.store.all("invoices")) {
    if (invoice.parent?.subscription_details?.subscription !== subscription) continue;
    if (invoice.status !== "draft" && invoice.status !== "open") continue;
    Object.assign(invoice, {
      auto_advance: false,
      automatically_finalizes_at: null,
      next_payment_attempt: null,
    });
    ctx.store.put("invoices", invoice.id, invoice);
  }
}
