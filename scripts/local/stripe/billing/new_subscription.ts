import type { Context } from "../context.ts";
import { newId } from "../ids.ts";
import { list } from "../list.ts";
import type { WirePrice } from "../resources/prices.ts";
import type { WireItem, WirePlan, WireSubscription } from "./wire.ts";

interface Given {
  id: string;
  customer: string;
  method: string;
  metadata: Record<string, string>;
  invoice: string;
  anchor: number;
  trial: { start: number; end: number } | undefined;
  items: WireItem[];
}

// A subscription at its start, with every field that Stripe shows.
export function newSubscription(ctx: Context, given: Given): WireSubscription {
  const { id, items, trial } = given;
  return {
    id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: given.anchor,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: "included" }, type: "flexible" },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: "charge_automatically",
    created: ctx.now(),
    currency: items[0]?.price.currency ?? "usd",
    customer: given.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: given.method,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: list(`/v1/subscription_items?subscription=${id}`, items),
    latest_invoice: given.invoice,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: given.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: "off",
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: ctx.now(),
    status: trial ? "trialing" : "incomplete",
    test_clock: null,
    transfer_data: null,
    trial_end: trial?.end ?? null,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: "create_invoice" },
    },
    trial_start: trial?.start ?? null,
  };
}

export function newItem(
  ctx: Context,
  subscription: string,
  price: WirePrice,
  quantity: number,
  period: { start: number; end: number },
): WireItem {
  return {
    id: newId("subscriptionItem"),
    object: "subscription_item",
    billing_thresholds: null,
    created: ctx.now(),
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planOf(price),
    price: structuredClone(price),
    quantity,
    subscription,
    tax_rates: [],
  };
}

// The same item at another price: its plan, the older form of a price, goes along.
export function repriced(item: WireItem, price: WirePrice, quantity: number): WireItem {
  return { ...item, plan: planOf(price), price: structuredClone(price), quantity };
}

function planOf(price: WirePrice): WirePlan {
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: "per_unit",
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? "month",
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: String(price.product),
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: "licensed",
  };
}
