import type Stripe from "stripe";
import { z } from "zod";
import { Routes } from "../api.ts";
import { type Cause, type Context, NO_REQUEST } from "../context.ts";
import { invalid, missing } from "../errors.ts";
import { newId } from "../ids.ts";
import { page } from "../list.ts";
import { expand, integer, listParams, metadata, text } from "../params.ts";
import { chargeById } from "./charges.ts";
import { paymentIntentById } from "./payment_intents.ts";

const base = "/v1/refunds";

const createSchema = z.strictObject({
  amount: integer.pipe(z.int().min(1, "Invalid integer")).optional(),
  charge: text.optional(),
  expand,
  metadata: metadata.optional(),
  payment_intent: text.optional(),
  reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
});

export function refundRoutes(ctx: Context) {
  const routes = new Routes(ctx);

  routes.post(base, createSchema, (_, params, { cause }) => refund(ctx, params, cause));

  routes.get(`${base}/:id`, z.strictObject({ expand }), (_, __, { id }) => refundById(ctx, id));

  const listSchema = z.strictObject({
    ...listParams,
    charge: text.optional(),
    payment_intent: text.optional(),
  });
  routes.get(base, listSchema, (_, params) => {
    const rows = ctx.store
      .all("refunds")
      .filter((each) => params.charge === undefined || each.charge === params.charge)
      .filter(
        (each) =>
          params.payment_intent === undefined || each.payment_intent === params.payment_intent,
      );
    return page(base, "refund", rows, params);
  });

  return routes.app;
}

function refundById(ctx: Context, id: string): Stripe.Refund {
  const found = ctx.store.get("refunds", id);
  if (!found) throw missing("refund", id);
  return found;
}

function refund(ctx: Context, params: z.output<typeof createSchema>, cause: Cause): Stripe.Refund {
  const charge = chargeOf(ctx, params);
  const left = charge.amount - charge.amount_refunded;
  const amount = params.amount ?? left;
  if (!charge.paid) throw invalid(`Charge ${charge.id} was not paid.`, "charge");
  if (left === 0) {
    throw invalid(`Charge ${charge.id} has been refunded.`, "charge", "charge_already_refunded");
  }
  if (amount > left) {
    throw invalid(`The refund is greater than what is left of the charge (${left}).`, "amount");
  }
  const id = newId("refund");
  const made: Stripe.Refund = {
    id,
    object: "refund",
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: ctx.now(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: { card: { type: "refund" }, type: "card" },
    metadata: params.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  };
  ctx.store.put("refunds", id, made);
  ctx.emit("refund.created", made, cause);
  changeRefunded(ctx, charge, amount, "charge.refunded", cause);
  return made;
}

function chargeOf(ctx: Context, params: z.output<typeof createSchema>): Stripe.Charge {
  if (params.charge) return chargeById(ctx, params.charge, "charge");
  if (!params.payment_intent) throw invalid("Name a charge or a payment_intent.", "charge");
  const intent = paymentIntentById(ctx, params.payment_intent, "payment_intent");
  return chargeById(ctx, String(intent.latest_charge), "payment_intent");
}

// The bank sends the money back: the refund fails and the charge counts less as refunded.
export function failRefund(ctx: Context, id: string): Stripe.Refund {
  const refunded = refundById(ctx, id);
  if (refunded.status !== "succeeded") throw invalid(`The refund is ${refunded.status}.`);
  ctx.change("refund.updated", refunded, NO_REQUEST, (each) => {
    each.status = "failed";
    each.failure_reason = "expired_or_canceled_card";
  });
  ctx.store.put("refunds", id, refunded);
  ctx.emit("refund.failed", refunded);
  const charge = chargeById(ctx, String(refunded.charge));
  changeRefunded(ctx, charge, -refunded.amount, "charge.updated", NO_REQUEST);
  return refunded;
}

function changeRefunded(
  ctx: Context,
  charge: Stripe.Charge,
  amount: number,
  type: string,
  cause: Cause,
): void {
  ctx.change(type, charge, cause, (each) => {
    each.amount_refunded += amount;
    each.refunded = each.amount_refunded === each.amount;
  });
  ctx.store.put("charges", charge.id, charge);
}
