import type Stripe from "stripe";
import { CARDS, type CardName, declineOf } from "./billing/cards.ts";
import { confirm, declined } from "./billing/collect.ts";
import { start } from "./billing/subscription.ts";
import { type Cause, type Context, NO_REQUEST } from "./context.ts";
import { invalid, StripeApiError } from "./errors.ts";
import { newId } from "./ids.ts";
import { createCharge } from "./resources/charges.ts";
import { customerDetails } from "./resources/checkout_session.ts";
import type { CheckoutRecord } from "./resources/checkout_sessions.ts";
import { createCustomer } from "./resources/customers.ts";
import { createPaymentIntent } from "./resources/payment_intents.ts";
import { attach, createCard } from "./resources/payment_methods.ts";

type Session = Stripe.Checkout.Session;

// What can become of a session, each with the objects and events that Stripe makes of it.

export interface Buyer {
  email?: string | undefined;
  card?: CardName | undefined;
}

// The card is charged at once. A declined one leaves the session open.
export function payNow(ctx: Context, record: CheckoutRecord, buyer: Buyer = {}): Session {
  const { session, payment } = record;
  mustBeOpen(session);
  if (session.mode === "subscription") return subscribe(ctx, record, buyer);
  const intent = startPayment(ctx, record, "card", buyer.email);
  const card = createCard(ctx, buyer.card ?? "visa");
  const customer = session.customer as string | null;
  if (payment.keepCard && customer) attach(ctx, card, customer, NO_REQUEST);
  const email = session.customer_details?.email;
  const decline = confirm(ctx, intent, { method: card, offSession: false, email }, NO_REQUEST);
  if (decline) throw declined(decline, intent);
  session.payment_status = "paid";
  return complete(ctx, record);
}

// The first period is paid, or a trial begins; the card is kept for the next ones.
function subscribe(ctx: Context, record: CheckoutRecord, buyer: Buyer): Session {
  const { session, subscription: given } = record;
  const card = CARDS[buyer.card ?? "visa"];
  const decline = session.amount_total ? declineOf(card.last4, false) : null;
  if (decline) {
    const { code, decline_code, message } = decline;
    throw new StripeApiError(402, message, { type: "card_error", code, more: { decline_code } });
  }
  const details = noteBuyer(record, buyer.email);
  const customer =
    (session.customer as string | null) ??
    createCustomer(ctx, { email: details.email }, NO_REQUEST).id;
  const method = createCard(ctx, buyer.card ?? "visa");
  attach(ctx, method, customer, NO_REQUEST);
  const { subscription } = start(
    ctx,
    {
      customer,
      items: record.line_items.data.map(({ price, quantity }) => ({
        price,
        quantity: quantity ?? 1,
      })),
      trialDays: given.trialDays,
      method,
      metadata: given.metadata,
    },
    NO_REQUEST,
  );
  Object.assign(session, {
    customer,
    invoice: subscription.latest_invoice,
    subscription: subscription.id,
    payment_status: given.trialDays > 0 ? "no_payment_required" : "paid",
  });
  return complete(ctx, record);
}

// A delayed method: the session is complete, the money is still on its way.
export function payLater(ctx: Context, record: CheckoutRecord, buyer: Buyer = {}): Session {
  const { session } = record;
  mustBeOpen(session);
  if (session.mode !== "payment") throw invalid("A subscription is paid by card here.");
  const intent = startPayment(ctx, record, "us_bank_account", buyer.email);
  intent.payment_method = newId("paymentMethod");
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

function mustBeOpen(session: Session): void {
  if (session.status === "open") return;
  throw invalid(`Only an open Checkout Session can do that; this one is ${session.status}.`);
}

function noteBuyer({ session }: CheckoutRecord, email: string | undefined) {
  session.customer_details ??= customerDetails(null);
  session.customer_details.email = email ?? session.customer_details.email;
  return session.customer_details;
}

function startPayment(
  ctx: Context,
  record: CheckoutRecord,
  method: string,
  email: string | undefined,
): Stripe.PaymentIntent {
  const { session, payment } = record;
  noteBuyer(record, email);
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
