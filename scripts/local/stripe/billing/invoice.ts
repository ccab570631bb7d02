import type Stripe from "stripe";
import type { Cause, Context } from "../context.ts";
import { invalid, missing } from "../errors.ts";
import { newId } from "../ids.ts";
import { changeCustomer, customerById } from "../resources/customers.ts";
import { collect } from "./collect.ts";
import { newInvoice } from "./new_invoice.ts";
import type { SubscriptionRecord, WireInvoice, WireLine } from "./wire.ts";

const DAY = 86_400;
// After a decline; when they are used up nobody tries again.
const RETRY_DAYS = [3, 5, 7];

export function invoiceById(ctx: Context, id: string): WireInvoice {
  const invoice = ctx.store.get("invoices", id);
  if (!invoice) throw missing("invoice", id);
  return invoice;
}

export function draft(
  ctx: Context,
  { subscription }: SubscriptionRecord,
  given: {
    id: string;
    lines: WireLine[];
    reason: Stripe.Invoice.BillingReason;
    period: { start: number; end: number };
    // Seconds in which a person could still change it.
    openFor: number;
  },
  cause: Cause,
): WireInvoice {
  const now = ctx.now();
  const invoice = newInvoice({
    ...given,
    customer: customerById(ctx, subscription.customer),
    subscription,
    now,
    finalizesAt: given.openFor > 0 ? now + given.openFor : null,
  });
  ctx.store.put("invoices", invoice.id, invoice);
  ctx.emit("invoice.created", invoice, cause);
  return invoice;
}

// The customer's balance pays first; what is left is due.
export function finalize(ctx: Context, invoice: WireInvoice, cause: Cause): void {
  const customer = customerById(ctx, invoice.customer);
  const after = Math.min(customer.balance + invoice.total, 0);
  const sequence = customer.next_invoice_sequence ?? 1;
  Object.assign(invoice, {
    amount_due: Math.max(customer.balance + invoice.total, 0),
    starting_balance: customer.balance,
    ending_balance: after,
    automatically_finalizes_at: null,
    effective_at: ctx.now(),
    hosted_invoice_url: `${ctx.origin}/invoice/${invoice.id}`,
    invoice_pdf: `${ctx.origin}/invoice/${invoice.id}/pdf`,
    number: `${customer.invoice_prefix}-${String(sequence).padStart(4, "0")}`,
    status: "open",
  });
  invoice.amount_remaining = invoice.amount_due;
  invoice.status_transitions.finalized_at = ctx.now();
  ctx.store.put("invoices", invoice.id, invoice);
  if (after !== customer.balance) {
    changeCustomer(ctx, customer, cause, (each) => {
      each.balance = after;
    });
  }
  customer.next_invoice_sequence = sequence + 1;
  ctx.emit("invoice.finalized", invoice, cause);
}

// One attempt to collect what is due. Whether it is paid now.
export function attempt(
  ctx: Context,
  invoice: WireInvoice,
  method: Stripe.PaymentMethod | undefined,
  offSession: boolean,
  cause: Cause,
): boolean {
  if (invoice.status !== "open" && invoice.status !== "uncollectible") {
    throw invalid(`An invoice that is ${invoice.status} cannot be paid.`);
  }
  if (invoice.amount_due === 0) {
    settle(ctx, invoice, cause);
    return true;
  }
  const { intent, decline } = collect(
    ctx,
    {
      amount: invoice.amount_remaining,
      currency: invoice.currency,
      customer: invoice.customer,
      paymentMethod: method,
      description: `Invoice ${invoice.number}`,
      metadata: {},
      offSession,
    },
    cause,
  );
  const before = structuredClone(invoice);
  invoice.attempted = true;
  invoice.attempt_count += 1;
  if (!decline) {
    settle(ctx, invoice, cause, intent);
    return true;
  }
  const days = RETRY_DAYS[invoice.attempt_count - 1];
  invoice.next_payment_attempt = days === undefined ? null : ctx.now() + days * DAY;
  ctx.store.put("invoices", invoice.id, invoice);
  ctx.emit("invoice.updated", invoice, cause, {
    attempt_count: before.attempt_count,
    attempted: before.attempted,
    next_payment_attempt: before.next_payment_attempt,
  });
  ctx.emit("invoice.payment_failed", invoice, cause);
  if (decline.code === "authentication_required") {
    ctx.emit("invoice.payment_action_required", invoice, cause);
  }
  return false;
}

function settle(
  ctx: Context,
  invoice: WireInvoice,
  cause: Cause,
  intent?: Stripe.PaymentIntent,
): void {
  if (intent) recordPayment(ctx, invoice, intent);
  ctx.change("invoice.updated", invoice, cause, (each) => {
    each.amount_paid = each.amount_due;
    each.amount_remaining = 0;
    each.attempted = true;
    each.next_payment_attempt = null;
    each.status = "paid";
    each.status_transitions.paid_at = ctx.now();
  });
  ctx.store.put("invoices", invoice.id, invoice);
  ctx.emit("invoice.paid", invoice, cause);
  ctx.emit("invoice.payment_succeeded", invoice, cause);
  const payment = ctx.store.all("invoicePayments").find((each) => each.invoice === invoice.id);
  if (payment) ctx.emit("invoice_payment.paid", payment, cause);
}

function recordPayment(ctx: Context, invoice: WireInvoice, intent: Stripe.PaymentIntent): void {
  const id = newId("invoicePayment");
  ctx.store.put("invoicePayments", id, {
    id,
    object: "invoice_payment",
    amount_paid: intent.amount,
    amount_requested: intent.amount,
    created: ctx.now(),
    currency: intent.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: "payment_intent" },
    status: "paid",
    status_transitions: { canceled_at: null, paid_at: ctx.now() },
  });
}

export function voidInvoice(ctx: Context, invoice: WireInvoice, cause: Cause): WireInvoice {
  return close(ctx, invoice, "void", "voided", cause);
}

export function markUncollectible(ctx: Context, invoice: WireInvoice, cause: Cause): WireInvoice {
  return close(ctx, invoice, "uncollectible", "marked_uncollectible", cause);
}

function close(
  ctx: Context,
  invoice: WireInvoice,
  status: "void" | "uncollectible",
  word: "voided" | "marked_uncollectible",
  cause: Cause,
): WireInvoice {
  if (invoice.status !== "open") {
    throw invalid(`An invoice that is ${invoice.status} cannot become ${status}.`);
  }
  ctx.change("invoice.updated", invoice, cause, (each) => {
    each.status = status;
    each.next_payment_attempt = null;
    each.auto_advance = false;
    each.status_transitions[`${word}_at`] = ctx.now();
  });
  ctx.store.put("invoices", invoice.id, invoice);
  ctx.emit(`invoice.${word}`, invoice, cause);
  return invoice;
}
