import type Stripe from "stripe";
import { z } from "zod";
import { Routes } from "../api.ts";
import type { Context } from "../context.ts";
import { missing } from "../errors.ts";
import { newId, randomText } from "../ids.ts";
import { page } from "../list.ts";
import { expand, listParams, text } from "../params.ts";

export function paymentIntentRoutes(ctx: Context) {
  const routes = new Routes(ctx);

  routes.get("/v1/payment_intents/:id", z.strictObject({ expand }), (_, __, { id }) =>
    paymentIntentById(ctx, id),
  );

  const listSchema = z.strictObject({ ...listParams, customer: text.optional() });
  routes.get("/v1/payment_intents", listSchema, (_, params) => {
    const rows = ctx.store
      .all("paymentIntents")
      .filter((each) => params.customer === undefined || each.customer === params.customer);
    return page("/v1/payment_intents", "payment_intent", rows, params);
  });

  return routes.app;
}

function paymentIntentById(ctx: Context, id: string): Stripe.PaymentIntent {
  const intent = ctx.store.get("paymentIntents", id);
  if (!intent) throw missing("payment_intent", id);
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
