import type Stripe from "stripe";
import { z } from "zod";
import { Routes } from "../api.ts";
import type { Context } from "../context.ts";
import { invalid, missing } from "../errors.ts";
import { newId } from "../ids.ts";
import { list, page } from "../list.ts";
import { email, expand, integer, link, listParams, metadata, text } from "../params.ts";
import { expireSession } from "../payment.ts";
import { newSession } from "./checkout_session.ts";
import { customerById } from "./customers.ts";
import { createPrice, priceById, priceData, type WirePrice } from "./prices.ts";
import { productById } from "./products.ts";

export type WireLineItem = Omit<Stripe.LineItem, "price"> & { price: WirePrice };

// A session and what Stripe knows of it beside its visible fields.
export interface CheckoutRecord {
  session: Stripe.Checkout.Session;
  line_items: { object: "list"; data: WireLineItem[]; has_more: boolean; url: string };
  payment: {
    description: string | null;
    metadata: Record<string, string>;
    // Keeps the card for payments to come.
    keepCard: boolean;
  };
  subscription: { metadata: Record<string, string>; trialDays: number };
}

const MIN_AMOUNT = 50;
const MIN_LIFE_SECONDS = 30 * 60;
const MAX_LIFE_SECONDS = 24 * 60 * 60;

const lineItem = z.strictObject({
  price: text.optional(),
  price_data: priceData.optional(),
  quantity: integer.pipe(z.int().min(1, "Invalid integer")),
});

const createSchema = z.strictObject({
  cancel_url: link.optional(),
  client_reference_id: text.max(200).optional(),
  customer: text.optional(),
  customer_email: email.optional(),
  expand,
  expires_at: integer.optional(),
  line_items: z.array(lineItem).min(1).max(100),
  metadata: metadata.optional(),
  mode: z.enum(["payment", "subscription"], "The local emulator knows payment and subscription"),
  payment_intent_data: z
    .strictObject({
      description: text.optional(),
      metadata: metadata.optional(),
      setup_future_usage: z.enum(["off_session", "on_session"]).optional(),
    })
    .optional(),
  subscription_data: z
    .strictObject({
      metadata: metadata.optional(),
      trial_period_days: integer.pipe(z.int().min(1).max(730)).optional(),
    })
    .optional(),
  success_url: link,
});

const listSchema = z.strictObject({
  ...listParams,
  customer: text.optional(),
  customer_details: z.strictObject({ email: text }).optional(),
  payment_intent: text.optional(),
  status: z.enum(["open", "complete", "expired"]).optional(),
});

export function checkoutSessionRoutes(ctx: Context) {
  const routes = new Routes(ctx);
  const base = "/v1/checkout/sessions";

  routes.post(base, createSchema, (_, params) => {
    const id = newId("checkoutSession");
    return createSession(ctx, params, id, `${ctx.origin}/checkout/pay/${id}`);
  });

  routes.get(
    `${base}/:id`,
    z.strictObject({ expand }),
    (_, __, { id }) => recordOf(ctx, id).session,
  );

  routes.post(`${base}/:id/expire`, z.strictObject({ expand }), (_, __, { id, cause }) =>
    expireSession(ctx, recordOf(ctx, id), cause),
  );

  routes.get(`${base}/:id/line_items`, z.strictObject(listParams), (_, params, { id }) => {
    const { data, url } = recordOf(ctx, id).line_items;
    const rows = data.map((item, index) => ({ ...item, created: -index }));
    const found = page(url, "line_item", rows.toReversed(), params);
    return list(
      url,
      found.data.map(({ created: _, ...item }) => item),
      found.has_more,
    );
  });

  routes.get(base, listSchema, (_, params) => {
    const { customer, customer_details: details, payment_intent: intent, status } = params;
    const rows = ctx.store
      .all("checkouts")
      .map((record) => record.session)
      .filter((each) => customer === undefined || each.customer === customer)
      .filter((each) => details === undefined || each.customer_details?.email === details.email)
      .filter((each) => intent === undefined || each.payment_intent === intent)
      .filter((each) => status === undefined || each.status === status);
    return page(base, "checkout.session", rows, params);
  });

  return routes.app;
}

export function recordOf(ctx: Context, id: string): CheckoutRecord {
  const record = ctx.store.get("checkouts", id);
  if (!record) throw missing("checkout.session", id);
  return record;
}

function createSession(
  ctx: Context,
  params: z.output<typeof createSchema>,
  id: string,
  url: string,
): Stripe.Checkout.Session {
  if (params.customer && params.customer_email) {
    throw invalid("Give only one of customer and customer_email.", "customer_email");
  }
  const other = params.mode === "payment" ? "subscription_data" : "payment_intent_data";
  if (params[other]) throw invalid(`${other} is not for mode=${params.mode}.`, other);
  const customer = params.customer ? customerById(ctx, params.customer, "customer") : undefined;
  const expiresAt = expiry(ctx.now(), params.expires_at);
  const items = params.line_items.map((item, index) => toLineItem(ctx, item, index, params.mode));
  const currency = items[0]?.currency ?? "usd";
  if (items.some((item) => item.currency !== currency)) {
    throw invalid("All line items must have the same currency.", "line_items");
  }
  const trialDays = params.subscription_data?.trial_period_days ?? 0;
  const total = trialDays > 0 ? 0 : items.reduce((sum, item) => sum + item.amount_total, 0);
  if (total < MIN_AMOUNT && trialDays === 0) {
    const message = `The total must be at least ${MIN_AMOUNT} of the smallest unit.`;
    throw invalid(message, "line_items", "amount_too_small");
  }

  const session = newSession({
    id,
    url,
    created: ctx.now(),
    expires_at: expiresAt,
    currency,
    total,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    customer: customer?.id ?? null,
    customer_email: params.customer_email ?? null,
    email: customer?.email ?? params.customer_email ?? null,
    mode: params.mode,
    metadata: params.metadata ?? {},
    success_url: params.success_url,
  });
  ctx.store.put("checkouts", id, {
    session,
    line_items: list(`/v1/checkout/sessions/${id}/line_items`, items),
    payment: {
      description: params.payment_intent_data?.description ?? null,
      metadata: params.payment_intent_data?.metadata ?? {},
      keepCard: params.payment_intent_data?.setup_future_usage !== undefined,
    },
    subscription: { metadata: params.subscription_data?.metadata ?? {}, trialDays },
  });
  return session;
}

function expiry(now: number, wanted: number | undefined): number {
  if (wanted === undefined) return now + MAX_LIFE_SECONDS;
  if (wanted < now + MIN_LIFE_SECONDS || wanted > now + MAX_LIFE_SECONDS) {
    throw invalid("expires_at must be between 30 minutes and 24 hours from now.", "expires_at");
  }
  return wanted;
}

function toLineItem(
  ctx: Context,
  item: z.output<typeof lineItem>,
  index: number,
  mode: "payment" | "subscription",
): WireLineItem {
  const at = `line_items[${index}]`;
  if (Boolean(item.price) === Boolean(item.price_data)) {
    throw invalid(`Give exactly one of price and price_data: ${at}`, at);
  }
  const price = item.price_data
    ? createPrice(ctx, item.price_data, false, `${at}[price_data]`)
    : priceById(ctx, item.price ?? "", `${at}[price]`);
  // Prices made along the way are inactive: nobody else may use them.
  if (item.price && !price.active) {
    throw invalid(`The price '${price.id}' is not active.`, `${at}[price]`);
  }
  refuseUnusable(price, mode, item.price ? `${at}[price]` : at);
  const amount = (price.unit_amount ?? 0) * item.quantity;
  return {
    id: newId("lineItem"),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: productById(ctx, String(price.product)).name,
    metadata: {},
    price: structuredClone(price),
    quantity: item.quantity,
  };
}

function refuseUnusable(
  { id, type }: WirePrice,
  mode: "payment" | "subscription",
  param: string,
): void {
  if (mode === "payment" && type !== "one_time") {
    throw invalid(`The price '${id}' is recurring; mode=payment takes one-time prices.`, param);
  }
  if (mode === "subscription" && type !== "recurring") {
    throw invalid(`The price '${id}' is paid once; the local emulator subscribes alone.`, param);
  }
}
