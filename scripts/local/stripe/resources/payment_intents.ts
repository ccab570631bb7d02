import type Stripe from "stripe";
import { z } from "zod";
import { Routes } from "../api.ts";
import { confirm, declined } from "../billing/collect.ts";
import type { Cause, Context } from "../context.ts";
import { invalid, missing } from "../errors.ts";
import { newId, randomText } from "../ids.ts";
import { page } from "../list.ts";
import { currency, email, expand, flag, integer, listParams, metadata, text } from "../params.ts";
import { customerById } from "./customers.ts";
import { paymentMethodById } from "./payment_methods.ts";

const base = "/v1/payment_intents";

const createSchema = z.strictObject({
  amount: integer.pipe(z.int().min(50, "Invalid integer")),
  automatic_payment_methods: z
    .strictObject({ allow_redirects: z.enum(["always", "never"]).optional(), enabled: flag })
    .optional(),
  confirm: flag.optional(),
  currency,
  customer: text.optional(),
  description: text.optional(),
  error_on_requires_action: flag.optional(),
  expand,
  metadata: metadata.optional(),
  off_session: flag.optional(),
  payment_method: text.optional(),
  payment_method_types: z.array(z.enum(["card"])).optional(),
  receipt_email: email.optional(),
});

const confirmSchema = z.strictObject({
  expand,
  off_session: flag.optional(),
  payment_method: text.optional(),
});

export function paymentIntentRoutes(ctx: Context) {
  const routes = new Routes(ctx);

  routes.get(`${base}/:id`, z.strictObject({ expand }), (_, __, { id }) =>
    paymentIntentById(ctx, id),
  );

  routes.post(base, createSchema, (_, params, { cause }) => {
    const customer = params.customer ? customerById(ctx, params.customer, "customer").id : null;
    const method = params.payment_method
      ? paymentMethodById(ctx, params.payment_method, "payment_method")
      : undefined;
    if (method?.customer && method.customer !== customer) {
      const message = "This payment method belongs to another customer.";
      throw invalid(message, "payment_method");
    }
    if (params.off_session && !params.confirm) {
      throw invalid("off_session is for a payment that is confirmed at once.", "off_session");
    }
    const intent = createPaymentIntent(ctx, {
      amount: params.amount,
      currency: params.currency,
      customer,
      description: params.description ?? null,
      metadata: params.metadata ?? {},
      method: "card",
      receipt_email: params.receipt_email ?? null,
    });
    ctx.emit("payment_intent.created", intent, cause);
    if (params.confirm) confirmed(ctx, intent, method, params.off_session ?? false, cause);
    return intent;
  });

  routes.post(`${base}/:id/confirm`, confirmSchema, (_, params, { id, cause }) => {
    const intent = paymentIntentById(ctx, id);
    if (intent.status !== "requires_payment_method" && intent.status !== "requires_confirmation") {
      throw invalid(`A payment intent that is ${intent.status} cannot be confirmed.`);
    }
    const method = params.payment_method
      ? paymentMethodById(ctx, params.payment_method, "payment_method")
      : undefined;
    return confirmed(ctx, intent, method, params.off_session ?? false, cause);
  });

  routes.post(`${base}/:id/cancel`, z.strictObject({ expand }), (_, __, { id, cause }) => {
    const intent = paymentIntentById(ctx, id);
    if (intent.status === "succeeded" || intent.status === "canceled") {
      throw invalid(`A payment intent that is ${intent.status} cannot be canceled.`);
    }
    Object.assign(intent, { status: "canceled", canceled_at: ctx.now() });
    ctx.store.put("paymentIntents", id, intent);
    ctx.emit("payment_intent.canceled", intent, cause);
    return intent;
  });

  const listSchema = z.strictObject({ ...listParams, customer: text.optional() });
  routes.get(base, listSchema, (_, params) => {
    const rows = ctx.store
      .all("paymentIntents")
      .filter((each) => params.customer === undefined || each.customer === params.customer);
    return page(base, "payment_intent", rows, params);
  });

  return routes.app;
}

export function paymentIntentById(ctx: Context, id: string, param?: string): Stripe.PaymentIntent {
  const intent = ctx.store.get("paymentIntents", id);
  if (!intent) throw missing("payment_intent", id, param);
  return intent;
}

function confirmed(
  ctx: Context,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod | undefined,
  offSession: boolean,
  cause: Cause,
): Stripe.PaymentIntent {
  if (!method) throw invalid("A payment needs a payment method.", "payment_method");
  const decline = confirm(ctx, intent, { method, offSession }, cause);
  if (decline) throw declined(decline, intent);
  return intent;
}

export function createPaymentIntent(
  ctx: Context,
  given: Pick<
    Stripe.PaymentIntent,
    "amount" | "currency" | "customer" | "description" | "metadata" | "receipt_email"
  > & { method: string },
): Stripe.PaymentIntent {
  const { method, ...fields } = given;
  const id = newId("paymentIntent");
  return ctx.store.put("paymentIntents", id, {
    ...fields,
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: "automatic",
    created: ctx.now(),
    customer_account: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: [method],
    payment_record: null,
    processing: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: null,
  });
}
