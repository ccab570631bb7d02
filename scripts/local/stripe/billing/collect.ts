import type Stripe from "stripe";
import type { Cause, Context } from "../context.ts";
import { StripeApiError } from "../errors.ts";
import { createCharge } from "../resources/charges.ts";
import { createPaymentIntent } from "../resources/payment_intents.ts";
import { type Decline, declineOf } from "./cards.ts";

export interface Order {
  amount: number;
  currency: string;
  customer: string | null;
  paymentMethod: Stripe.PaymentMethod | undefined;
  description: string | null;
  metadata: Record<string, string>;
  // Nobody is there to confirm the payment.
  offSession: boolean;
}

const NO_CARD: Decline = {
  code: "card_declined",
  decline_code: "generic_decline",
  message: "The customer has no card to charge.",
};

// Charges a card: the intent, and why it was declined if it was.
export function collect(ctx: Context, order: Order, cause: Cause) {
  const intent = createPaymentIntent(ctx, {
    amount: order.amount,
    currency: order.currency,
    customer: order.customer,
    description: order.description,
    metadata: order.metadata,
    method: "card",
    receipt_email: null,
  });
  ctx.emit("payment_intent.created", intent, cause);
  const { offSession, paymentMethod: method } = order;
  return { intent, decline: confirm(ctx, intent, { method, offSession }, cause) };
}

export interface Confirmation {
  method: Stripe.PaymentMethod | undefined;
  offSession: boolean;
  email?: string | null | undefined;
}

// The events come from the inside out: the charge, then the intent.
export function confirm(
  ctx: Context,
  intent: Stripe.PaymentIntent,
  { method, offSession, email = null }: Confirmation,
  cause: Cause,
): Decline | null {
  const decline = method ? declineOf(method.card?.last4, offSession) : NO_CARD;
  intent.payment_method = method?.id ?? null;
  const charge = createCharge(ctx, intent, decline ? "failed" : "succeeded", email);
  intent.latest_charge = charge.id;
  if (!decline) {
    ctx.emit("charge.succeeded", charge, cause);
    Object.assign(intent, { status: "succeeded", amount_received: intent.amount });
    intent.last_payment_error = null;
    ctx.emit("payment_intent.succeeded", intent, cause);
  } else {
    fail(ctx, intent, charge, decline, cause);
  }
  ctx.store.put("paymentIntents", intent.id, intent);
  return decline;
}

function fail(
  ctx: Context,
  intent: Stripe.PaymentIntent,
  charge: Stripe.Charge,
  decline: Decline,
  cause: Cause,
): void {
  charge.failure_code = decline.code;
  charge.failure_message = decline.message;
  ctx.store.put("charges", charge.id, charge);
  ctx.emit("charge.failed", charge, cause);
  intent.status = "requires_payment_method";
  intent.last_payment_error = {
    charge: charge.id,
    code: decline.code,
    decline_code: decline.decline_code,
    message: decline.message,
    type: "card_error",
  };
  ctx.emit("payment_intent.payment_failed", intent, cause);
  intent.payment_method = null;
}

// A decline as the API tells it: 402.
export function declined(decline: Decline, intent: Stripe.PaymentIntent): StripeApiError {
  return new StripeApiError(402, decline.message, {
    type: "card_error",
    code: decline.code,
    more: {
      charge: intent.latest_charge,
      decline_code: decline.decline_code,
      payment_intent: structuredClone(intent),
    },
  });
}
