import { z } from "zod";
import { Routes } from "../api.ts";
import { changeItems, type ItemOrder } from "../billing/change.ts";
import { end, isLive, subscriptionOf, UPDATED } from "../billing/subscription.ts";
import type { SubscriptionRecord, WireSubscription } from "../billing/wire.ts";
import type { Cause, Context } from "../context.ts";
import { invalid } from "../errors.ts";
import { page } from "../list.ts";
import { expand, flag, integer, listParams, metadata, text } from "../params.ts";
import { paymentMethodById } from "./payment_methods.ts";
import { priceById } from "./prices.ts";
import { update } from "./update.ts";

const base = "/v1/subscriptions";

const item = z.strictObject({
  id: text,
  price: text.optional(),
  quantity: integer.pipe(z.int().min(1, "Invalid integer")).optional(),
});

const updateSchema = z.strictObject({
  cancel_at_period_end: flag.optional(),
  default_payment_method: text.optional(),
  expand,
  items: z.array(item).min(1).max(20).optional(),
  metadata: metadata.optional(),
  off_session: flag.optional(),
  payment_behavior: z.enum(["allow_incomplete", "pending_if_incomplete"]).optional(),
  proration_behavior: z.enum(["always_invoice", "create_prorations", "none"]).optional(),
});

// What Stripe takes together with payment_behavior=pending_if_incomplete.
const MAY_WAIT = ["expand", "items", "off_session", "payment_behavior", "proration_behavior"];

const listSchema = z.strictObject({
  ...listParams,
  customer: text.optional(),
  price: text.optional(),
  status: z
    .enum(["active", "all", "canceled", "ended", "incomplete", "past_due", "trialing", "unpaid"])
    .optional(),
});

export function subscriptionRoutes(ctx: Context) {
  const routes = new Routes(ctx);

  routes.get(
    `${base}/:id`,
    z.strictObject({ expand }),
    (_, __, { id }) => subscriptionOf(ctx, id).subscription,
  );

  routes.post(`${base}/:id`, updateSchema, (_, params, { id, cause }) =>
    change(ctx, subscriptionOf(ctx, id), params, cause),
  );

  const cancelSchema = z.strictObject({
    cancellation_details: z.strictObject({ comment: text.optional() }).optional(),
    expand,
    invoice_now: flag.optional(),
    prorate: flag.optional(),
  });
  routes.delete(`${base}/:id`, cancelSchema, (_, params, { id, cause }) => {
    const record = subscriptionOf(ctx, id);
    if (!isLive(record.subscription)) throw invalid(`The subscription is ended: '${id}'`, "id");
    if (params.invoice_now || params.prorate) {
      throw invalid("The local emulator cancels without an invoice.", "invoice_now");
    }
    return end(ctx, record, "cancellation_requested", cause);
  });

  routes.get(base, listSchema, (_, params) => {
    const rows = ctx.store
      .all("subscriptions")
      .map((record) => record.subscription)
      .filter((each) => params.customer === undefined || each.customer === params.customer)
      .filter((each) => hasStatus(each, params.status))
      .filter(
        (each) =>
          params.price === undefined ||
          each.items.data.some(({ price }) => price.id === params.price),
      );
    return page(base, "subscription", rows, params);
  });

  return routes.app;
}

// Without a wish those that are not canceled.
function hasStatus({ status }: WireSubscription, wanted: string | undefined): boolean {
  if (wanted === "all") return true;
  if (wanted === undefined) return status !== "canceled";
  if (wanted === "ended") return status === "canceled" || status === "incomplete_expired";
  return status === wanted;
}

function change(
  ctx: Context,
  record: SubscriptionRecord,
  params: z.output<typeof updateSchema>,
  cause: Cause,
): WireSubscription {
  const { subscription } = record;
  const { cancel_at_period_end: atEnd, default_payment_method: method, items } = params;
  if (!isLive(subscription)) {
    throw invalid("A canceled subscription cannot be changed, but for its metadata.", "id");
  }
  refuseWhatCannotWait(params);
  refuseScheduled(subscription, params);
  if (method) paymentMethodById(ctx, method, "default_payment_method");
  const orders = items?.map((each, index) => ordered(ctx, record, each, index));
  ctx.change(UPDATED, subscription, cause, (each) => {
    if (method) each.default_payment_method = method;
    if (params.metadata) update(each, { metadata: params.metadata });
    if (atEnd !== undefined) cancelAtEnd(ctx, each, atEnd);
  });
  if (orders) {
    changeItems(ctx, record, {
      items: orders,
      proration: params.proration_behavior ?? "create_prorations",
      waitForPayment: params.payment_behavior === "pending_if_incomplete",
      cause,
    });
  }
  ctx.store.put("subscriptions", subscription.id, record);
  return subscription;
}

function refuseWhatCannotWait(params: z.output<typeof updateSchema>): void {
  if (params.payment_behavior !== "pending_if_incomplete") return;
  const other = Object.entries(params).find(
    ([name, value]) => value !== undefined && !MAY_WAIT.includes(name),
  );
  if (!other) return;
  const message = `${other[0]} cannot be changed with payment_behavior=pending_if_incomplete.`;
  throw invalid(message, other[0]);
}

function refuseScheduled(
  { schedule }: WireSubscription,
  { cancel_at_period_end: atEnd, items }: z.output<typeof updateSchema>,
): void {
  if (!schedule || (atEnd === undefined && !items)) return;
  const message = `The subscription is managed by the subscription schedule ${schedule}: change or release that one.`;
  throw invalid(message, items ? "items" : "cancel_at_period_end");
}

function ordered(
  ctx: Context,
  { subscription }: SubscriptionRecord,
  { id, price, quantity }: z.output<typeof item>,
  index: number,
): ItemOrder {
  const current = subscription.items.data.find((each) => each.id === id);
  const next = price ? priceById(ctx, price, `items[${index}][price]`) : current?.price;
  if (!current || !next) throw invalid(`No such subscription item: '${id}'`, `items[${index}][id]`);
  if (!next.active || !next.recurring || next.currency !== subscription.currency) {
    const message = `The price '${next.id}' cannot be subscribed to here.`;
    throw invalid(message, `items[${index}][price]`);
  }
  return { id, price: next, quantity: quantity ?? current.quantity };
}

export function cancelAtEnd(ctx: Context, subscription: WireSubscription, atEnd: boolean): void {
  const ends = Math.max(...subscription.items.data.map((each) => each.current_period_end));
  Object.assign(subscription, {
    cancel_at_period_end: atEnd,
    cancel_at: atEnd ? ends : null,
    canceled_at: atEnd ? ctx.now() : null,
  });
  if (subscription.cancellation_details) {
    subscription.cancellation_details.reason = atEnd ? "cancellation_requested" : null;
  }
}
