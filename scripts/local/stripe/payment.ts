import type Stripe from "stripe";
import { type Cause, type Context, NO_REQUEST } from "./context.ts";
import { invalid } from "./errors.ts";
import { newId } from "./ids.ts";
import { createCharge } from "./resources/charges.ts";
import { customerDetails } from "./resources/checkout_session.ts";
import type { CheckoutRecord } from "./resources/checkout_sessions.ts";
import { createPaymentIntent } from "./resources/payment_intents.ts";

type Session = Stripe.Checkout.Session;

// What can become of a session, each with the objects and events that Stripe makes of it.

// The card is charged at once.
export function payNow(ctx: Context, record: CheckoutRecord, email?: string): Session {
  const { session } = record;
  mustBeOpen(session);
  const intent = startPayment(ctx, record, "card", email);
  const charge = createCharge(ctx, intent, "succeeded", session.customer_details?.email ?? null);
  ctx.emit("charge.succeeded", charge);
  succeed(ctx, intent, charge);
  session.payment_status = "paid";
  return complete(ctx, record);
}

// A delayed method: the session is complete, the money is still on its way.
export function payLater(ctx: Context, record: CheckoutRecord, email?: string): Session {
  const { session } = record;
  mustBeOpen(session);
  const intent = startPayment(ctx, record, "us_bank_account", email);
  intent.status = "processing";
  const charge = createCharge(ctx, intent, "pending", session.customer_details?.email ?? null);
  intent.latest_charge = charge.id;
  ctx.emit("charge.pending", charge);
  ctx.emit("payment_intent.processing", intent);
  return complete(ctx, record);
}

// The money of a delayed method arrives, or does not.
export function settle(ctx: Context, record: CheckoutRecord, arrived: boolean): Session {
  const { session } = record;
  const intent = ctx.store.get("paymentIntents", String(session.payment_intent));
  const charge = intent && ctx.store.get("charges", String(intent.latest_charge));
  if (!intent || !charge || intent.status !== "processing") {
    throw invalid("This session is not waiting for money.");
  }
  if (arrived) {
    Object.assign(charge, { status: "succeeded", paid: true, captured: true });
    charge.amount_captured = charge.amount;
    ctx.emit("charge.succeeded", charge);
    succeed(ctx, intent, charge);
    session.payment_status = "paid";
  } else {
    fail(ctx, intent, charge);
  }
  ctx.store.put("checkouts", session.id, record);
  const outcome = arrived ? "async_payment_succeeded" : "async_payment_failed";
  ctx.emit(`checkout.session.${outcome}`, session);
  return session;
}

export function expireSession(ctx: Context, record: CheckoutRecord, cause: Cause): Session {
  const { session } = record;
  mustBeOpen(session);
  session.status = "expired";
  session.url = null;
  ctx.store.put("checkouts", session.id, record);
  ctx.emit("checkout.session.expired", session, cause);
  return session;
}

export function expireDue(ctx: Context): void {
  for (const record of ctx.store.all("checkouts")) {
    const { status, expires_at } = record.session;
    if (status === "open" && expires_at <= ctx.now()) expireSession(ctx, record, NO_REQUEST);
  }
}

function mustBeOpen(session: Session): void {
  if (session.status === "open") return;
  throw invalid(`Only an open Checkout Session can do that; this one is ${session.status}.`);
}

function startPayment(
  ctx: Context,
  { session, payment }: CheckoutRecord,
  method: string,
  email: string | undefined,
): Stripe.PaymentIntent {
  session.customer_details ??= customerDetails(null);
  session.customer_details.email = email ?? session.customer_details.email;
  const intent = createPaymentIntent(ctx, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? "usd",
    customer: session.customer,
    description: payment.description,
    metadata: payment.metadata,
    method,
    receipt_email: null,
  });
  ctx.emit("payment_intent.created", intent);
  intent.payment_method = newId("paymentMethod");
  session.payment_intent = intent.id;
  return intent;
}

function succeed(ctx: Context, intent: Stripe.PaymentIntent, charge: Stripe.Charge): void {
  intent.status = "succeeded";
  intent.amount_received = intent.amount;
  intent.latest_charge = charge.id;
  ctx.store.put("paymentIntents", intent.id, intent);
  ctx.store.put("charges", charge.id, charge);
  ctx.emit("payment_intent.succeeded", intent);
}

function fail(ctx: Context, intent: Stripe.PaymentIntent, charge: Stripe.Charge): void {
  charge.status = "failed";
  charge.failure_code = "insufficient_funds";
  charge.failure_message = "The bank returned the debit.";
  if (charge.outcome) Object.assign(charge.outcome, { network_status: "declined_by_network" });
  ctx.store.put("charges", charge.id, charge);
  ctx.emit("charge.failed", charge);
  intent.status = "requires_payment_method";
  intent.payment_method = null;
  intent.last_payment_error = {
    charge: charge.id,
    message: charge.failure_message,
    payment_method_type: "us_bank_account",
    type: "card_error",
  };
  ctx.store.put("paymentIntents", intent.id, intent);
  ctx.emit("payment_intent.payment_failed", intent);
}

function complete(ctx: Context, record: CheckoutRecord): Session {
  record.session.status = "complete";
  record.session.url = null;
  ctx.store.put("checkouts", record.session.id, record);
  ctx.emit("checkout.session.completed", record.session);
  return record.session;
}
