import type Stripe from "stripe";
import type { WireInvoice, WireLine, WireSubscription } from "./billing/wire.ts";
import type { Context } from "./context.ts";

type Json = Record<string, unknown>;
interface EventData {
  object: object;
  previous_attributes?: object;
}

// Since this version a subscription's period is on its items, and an invoice names its subscription
// and its payments elsewhere. Accounts that were made before still send the older shapes.
const BASIL = "2025-03-31";

export function isOldGeneration(ctx: Context): boolean {
  return ctx.apiVersion < BASIL;
}

// An event's data in the shape of the version that the context writes.
export function inGeneration(ctx: Context, data: EventData): EventData {
  if (!isOldGeneration(ctx)) return data;
  const { object } = data as { object: Json };
  switch (object.object) {
    case "subscription":
      return oldSubscription(data);
    case "invoice":
      return { ...data, object: oldInvoice(ctx, object as unknown as WireInvoice) };
    case "charge":
      return { ...data, object: { ...object, invoice: invoiceOf(ctx, object.payment_intent) } };
    case "payment_intent":
      return { ...data, object: { ...object, invoice: invoiceOf(ctx, object.id) } };
    default:
      return data;
  }
}

function oldSubscription({ object, previous_attributes: previous }: EventData): EventData {
  const subscription = object as WireSubscription;
  const was = (previous as { items?: { data: { current_period_start: number }[] } } | undefined)
    ?.items?.data[0] as Json | undefined;
  return {
    object: { ...withoutItemPeriods(subscription), ...periodOf(subscription.items.data[0]) },
    ...(previous && { previous_attributes: { ...previous, ...(was && periodOf(was)) } }),
  };
}

function periodOf(item: object | undefined): Json {
  const { current_period_start, current_period_end } = (item ?? {}) as Json;
  return { current_period_start, current_period_end };
}

function withoutItemPeriods(subscription: WireSubscription): object {
  const data = subscription.items.data.map(
    ({ current_period_start: _start, current_period_end: _end, ...item }) => item,
  );
  return { ...subscription, items: { ...subscription.items, data } };
}

function oldInvoice(ctx: Context, { parent, lines, ...invoice }: WireInvoice): object {
  const payment = paymentOf(ctx, invoice.id);
  const intent = payment ? ctx.store.get("paymentIntents", payment) : undefined;
  const details = parent?.subscription_details;
  return {
    ...invoice,
    charge: intent?.latest_charge ?? null,
    lines: { ...lines, data: lines.data.map((line) => oldLine(ctx, line)) },
    paid: invoice.status === "paid",
    paid_out_of_band: false,
    payment_intent: payment ?? null,
    quote: null,
    subscription: details?.subscription ?? null,
    subscription_details: details ? { metadata: details.metadata } : null,
  };
}

function oldLine(ctx: Context, { parent, pricing, ...line }: WireLine): object {
  const details = parent?.subscription_item_details;
  return {
    ...line,
    invoice_item: details?.invoice_item ?? undefined,
    price: structuredClone(ctx.store.get("prices", pricing.price_details.price)),
    proration: details?.proration ?? false,
    proration_details: details?.proration_details ?? { credited_items: null },
    subscription: details?.subscription ?? null,
    subscription_item: details?.subscription_item,
    type: details?.invoice_item ? "invoiceitem" : "subscription",
    unit_amount_excluding_tax: pricing.unit_amount_decimal,
  };
}

function paymentOf(ctx: Context, invoice: string): string | undefined {
  const paid = ctx.store.all("invoicePayments").findLast((each) => each.invoice === invoice);
  return paid && (paid.payment.payment_intent as string);
}

function invoiceOf(ctx: Context, intent: unknown): Stripe.InvoicePayment["invoice"] | null {
  const paid = ctx.store
    .all("invoicePayments")
    .find((each) => each.payment.payment_intent === intent);
  return paid?.invoice ?? null;
}
