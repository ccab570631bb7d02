/** Stripe's objects as tests need them, in the shapes before and since API version 2025-03-31. */
export type Generation = "2022-08-01" | "2025-08-27.basil";
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Thing = { [key: string]: Json };

export const isNew = (generation: Generation): boolean => generation.startsWith("2025");

export type PriceSpec = {
  id: string;
  product: string;
  amount: number;
  interval?: "month" | "year";
  code?: { [key: string]: string };
};

export function priceOf(spec: PriceSpec, created: number): Thing {
  return {
    id: spec.id,
    object: "price",
    active: true,
    billing_scheme: "per_unit",
    created,
    currency: "usd",
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: spec.code ?? {},
    nickname: null,
    product: spec.product,
    recurring: spec.interval
      ? {
          interval: spec.interval,
          interval_count: 1,
          trial_period_days: null,
          usage_type: "licensed",
        }
      : null,
    tax_behavior: "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: spec.interval ? "recurring" : "one_time",
    unit_amount: spec.amount,
    unit_amount_decimal: String(spec.amount),
  };
}

export function productOf(id: string, name: string, created: number, metadata: Thing = {}): Thing {
  return {
    id,
    object: "product",
    active: true,
    created,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata,
    name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    type: "service",
    unit_label: null,
    updated: created,
    url: null,
  };
}

export function customerOf(id: string, created: number, userId: string): Thing {
  return {
    id,
    object: "customer",
    address: null,
    balance: 0,
    created,
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: "ann@example.com",
    invoice_prefix: "7FE1103",
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: { user_id: userId },
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  };
}

export type Period = { start: number; end: number };
export type SubscriptionSpec = {
  id: string;
  customer: string;
  price: Thing;
  status: string;
  period: Period;
  created: number;
  trial?: Period;
  metadata?: Thing;
};

export function itemsOf(generation: Generation, spec: SubscriptionSpec): Thing {
  return {
    object: "list",
    data: [
      {
        id: `si_${spec.id}`,
        object: "subscription_item",
        created: spec.created,
        metadata: {},
        price: spec.price,
        quantity: 1,
        subscription: spec.id,
        tax_rates: [],
        ...(isNew(generation)
          ? { current_period_start: spec.period.start, current_period_end: spec.period.end }
          : {}),
      },
    ],
    has_more: false,
    url: `/v1/subscription_items?subscription=${spec.id}`,
  };
}

export function subscriptionOf(generation: Generation, spec: SubscriptionSpec): Thing {
  return {
    id: spec.id,
    object: "subscription",
    application: null,
    billing_cycle_anchor: spec.period.start,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, reason: null },
    collection_method: "charge_automatically",
    created: spec.created,
    currency: "usd",
    customer: spec.customer,
    days_until_due: null,
    default_payment_method: null,
    ended_at: null,
    items: itemsOf(generation, spec),
    latest_invoice: null,
    livemode: false,
    metadata: spec.metadata ?? {},
    pause_collection: null,
    pending_update: null,
    schedule: null,
    start_date: spec.created,
    status: spec.status,
    trial_end: spec.trial?.end ?? null,
    trial_start: spec.trial?.start ?? null,
    ...(isNew(generation)
      ? { billing_mode: { type: "classic" } }
      : { current_period_start: spec.period.start, current_period_end: spec.period.end }),
  };
}

export type LineSpec = { price: Thing; amount: number; period: Period; proration?: boolean };

function lineOf(
  generation: Generation,
  invoice: string,
  n: number,
  subscription: string,
  line: LineSpec,
): Thing {
  const proration = line.proration ?? false;
  const id = `il_${invoice}_${n}`;
  const common: Thing = {
    id,
    object: "line_item",
    amount: line.amount,
    currency: "usd",
    description: null,
    discount_amounts: [],
    discountable: !proration,
    discounts: [],
    livemode: false,
    metadata: {},
    period: { ...line.period },
    quantity: 1,
  };
  if (!isNew(generation)) {
    return {
      ...common,
      price: line.price,
      proration,
      subscription,
      subscription_item: `si_${subscription}`,
      type: proration ? "invoiceitem" : "subscription",
    };
  }
  return {
    ...common,
    invoice,
    parent: {
      type: "subscription_item_details",
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: proration ? `ii_${id}` : null,
        proration,
        proration_details: null,
        subscription,
        subscription_item: `si_${subscription}`,
      },
    },
    pricing: {
      type: "price_details",
      price_details: { price: line.price.id as string, product: line.price.product as string },
      unit_amount_decimal: line.price.unit_amount_decimal as string,
    },
  };
}

export type InvoiceSpec = {
  id: string;
  customer: string;
  subscription: string;
  metadata?: Thing;
  reason: string;
  created: number;
  lines: LineSpec[];
};

export function invoiceOf(generation: Generation, spec: InvoiceSpec): Thing {
  const total = spec.lines.reduce((sum, line) => sum + line.amount, 0);
  const metadata = spec.metadata ?? {};
  return {
    id: spec.id,
    object: "invoice",
    account_country: "US",
    amount_due: total,
    amount_paid: 0,
    amount_remaining: total,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    billing_reason: spec.reason,
    collection_method: "charge_automatically",
    created: spec.created,
    currency: "usd",
    customer: spec.customer,
    customer_email: "ann@example.com",
    default_payment_method: null,
    due_date: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    lines: {
      object: "list",
      data: spec.lines.map((line, n) => lineOf(generation, spec.id, n, spec.subscription, line)),
      has_more: false,
      url: `/v1/invoices/${spec.id}/lines`,
    },
    livemode: false,
    metadata: {},
    next_payment_attempt: spec.created + 3600,
    number: null,
    period_end: spec.created,
    period_start: spec.created,
    starting_balance: 0,
    status: "draft",
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
    subtotal: total,
    total,
    webhooks_delivered_at: spec.created,
    ...(isNew(generation)
      ? {
          parent: {
            type: "subscription_details",
            quote_details: null,
            subscription_details: { metadata, subscription: spec.subscription },
          },
        }
      : {
          charge: null,
          payment_intent: null,
          subscription: spec.subscription,
          subscription_details: { metadata },
        }),
  };
}

export type ChargeSpec = {
  id: string;
  intent: string;
  customer: string;
  amount: number;
  created: number;
  invoice?: string;
  metadata?: Thing;
};

export function chargeOf(generation: Generation, spec: ChargeSpec): Thing {
  return {
    id: spec.id,
    object: "charge",
    amount: spec.amount,
    amount_captured: spec.amount,
    amount_refunded: 0,
    balance_transaction: `txn_${spec.id}`,
    captured: true,
    created: spec.created,
    currency: "usd",
    customer: spec.customer,
    description: null,
    disputed: false,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: spec.metadata ?? {},
    paid: true,
    payment_intent: spec.intent,
    payment_method: "pm_1",
    receipt_url: null,
    refunded: false,
    status: "succeeded",
    ...(isNew(generation)
      ? {}
      : {
          invoice: spec.invoice ?? null,
          refunds: {
            object: "list",
            data: [],
            has_more: false,
            url: `/v1/charges/${spec.id}/refunds`,
          },
        }),
  };
}

export function intentOf(generation: Generation, spec: ChargeSpec): Thing {
  return {
    id: spec.intent,
    object: "payment_intent",
    amount: spec.amount,
    amount_received: spec.amount,
    capture_method: "automatic",
    created: spec.created,
    currency: "usd",
    customer: spec.customer,
    description: null,
    last_payment_error: null,
    latest_charge: spec.id,
    livemode: false,
    metadata: spec.metadata ?? {},
    next_action: null,
    payment_method: "pm_1",
    payment_method_types: ["card"],
    status: "succeeded",
    ...(isNew(generation) ? {} : { invoice: spec.invoice ?? null }),
  };
}

export function invoicePaymentOf(id: string, invoice: string, intent: string, at: number): Thing {
  return {
    id,
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: null,
    created: at,
    currency: "usd",
    invoice,
    is_default: true,
    livemode: false,
    payment: { type: "payment_intent", payment_intent: intent },
    status: "paid",
    status_transitions: { canceled_at: null, paid_at: at },
  };
}

export type RefundSpec = {
  id: string;
  charge: ChargeSpec;
  amount: number;
  created: number;
  status: string;
};

export function refundOf(spec: RefundSpec): Thing {
  return {
    id: spec.id,
    object: "refund",
    amount: spec.amount,
    balance_transaction: `txn_${spec.id}`,
    charge: spec.charge.id,
    created: spec.created,
    currency: "usd",
    metadata: {},
    payment_intent: spec.charge.intent,
    reason: "requested_by_customer",
    receipt_number: null,
    status: spec.status,
  };
}

export function disputeOf(id: string, charge: ChargeSpec, created: number, status: string): Thing {
  return {
    id,
    object: "dispute",
    amount: charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created,
    currency: "usd",
    evidence: {},
    evidence_details: {
      due_by: created + 7 * 86400,
      has_evidence: false,
      past_due: false,
      submission_count: 0,
    },
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.intent,
    reason: "general",
    status,
  };
}

export type SessionSpec = {
  id: string;
  mode: "payment" | "subscription";
  customer: string;
  created: number;
  amount: number;
  intent?: string;
  subscription?: string;
  invoice?: string;
  metadata: Thing;
};

export function sessionOf(spec: SessionSpec): Thing {
  return {
    id: spec.id,
    object: "checkout.session",
    amount_subtotal: spec.amount,
    amount_total: spec.amount,
    cancel_url: "https://example.com/cancel",
    client_reference_id: null,
    created: spec.created,
    currency: "usd",
    customer: spec.customer,
    expires_at: spec.created + 86400,
    invoice: spec.invoice ?? null,
    livemode: false,
    metadata: spec.metadata,
    mode: spec.mode,
    payment_intent: spec.intent ?? null,
    payment_status: "paid",
    status: "complete",
    subscription: spec.subscription ?? null,
    success_url: "https://example.com/success",
    url: null,
  };
}
