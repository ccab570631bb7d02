import type { Context } from "../context.ts";
import { newId } from "../ids.ts";
import { productById } from "../resources/products.ts";
import type { WireItem, WireLine, WireSubscription } from "./wire.ts";

interface Period {
  start: number;
  end: number;
}

interface Line {
  amount: number;
  description: string;
  period: Period;
  proration?: { credited: { invoice: string; invoice_line_items: string[] } | null };
}

// One item for a whole period. In a trial it costs nothing.
export function periodLine(
  ctx: Context,
  subscription: WireSubscription,
  item: WireItem,
  period: Period,
  trial: boolean,
): WireLine {
  const name = nameOf(ctx, item);
  return line(subscription, item, {
    amount: trial ? 0 : priceOf(item),
    description: trial ? `Trial period for ${name}` : `${item.quantity} × ${name}`,
    period,
  });
}

// What an exchange of an item in mid-period gives back and costs, by the second.
export function prorationLines(
  ctx: Context,
  subscription: WireSubscription,
  from: WireItem,
  to: WireItem,
  now: number,
): WireLine[] {
  const { current_period_start: start, current_period_end: end } = from;
  const period = { start: now, end };
  const share = (end - now) / (end - start);
  const paid = paidLine(ctx, subscription, from);
  return [
    line(subscription, from, {
      amount: -Math.round(priceOf(from) * share) || 0,
      description: `Unused time on ${nameOf(ctx, from)}`,
      period,
      proration: { credited: paid },
    }),
    ...(to.current_period_end === end
      ? [
          line(subscription, to, {
            amount: Math.round(priceOf(to) * share),
            description: `Remaining time on ${nameOf(ctx, to)}`,
            period,
            proration: { credited: null },
          }),
        ]
      : []),
  ];
}

// The line that paid for the time that is given back.
function paidLine(ctx: Context, subscription: WireSubscription, item: WireItem) {
  for (const invoice of ctx.store.all("invoices").toReversed()) {
    const found = invoice.lines.data.find(
      (each) =>
        each.parent?.subscription_item_details?.subscription === subscription.id &&
        each.pricing.price_details.price === item.price.id &&
        each.amount > 0 &&
        each.period.end === item.current_period_end,
    );
    if (found) return { invoice: invoice.id, invoice_line_items: [found.id] };
  }
  return null;
}

function line(subscription: WireSubscription, item: WireItem, given: Line): WireLine {
  const { amount, description, period, proration } = given;
  return {
    id: newId("invoiceLine"),
    object: "line_item",
    amount,
    currency: item.price.currency,
    description,
    discount_amounts: [],
    discountable: proration === undefined,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: proration ? newId("invoiceItem") : null,
        proration: proration !== undefined,
        proration_details: proration ? { credited_items: proration.credited } : null,
        subscription: subscription.id,
        subscription_item: item.id,
      },
      type: "subscription_item_details",
    },
    period,
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: item.price.id, product: String(item.price.product) },
      type: "price_details",
      unit_amount_decimal: item.price.unit_amount_decimal ?? "0",
    },
    quantity: item.quantity,
    quantity_decimal: String(item.quantity),
    subscription: subscription.id,
    subtotal: amount,
    taxes: [],
  };
}

export function priceOf(item: WireItem): number {
  return (item.price.unit_amount ?? 0) * item.quantity;
}

function nameOf(ctx: Context, item: WireItem): string {
  return productById(ctx, String(item.price.product)).name;
}
