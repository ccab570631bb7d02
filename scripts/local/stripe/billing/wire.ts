import type Stripe from "stripe";
import type { WirePrice } from "../resources/prices.ts";

// Stripe's objects as they are on the wire: decimals are text there (the SDK makes its own type of
// them), and nothing is expanded.
export interface WireList<T> {
  object: "list";
  data: T[];
  has_more: boolean;
  url: string;
}

export type WirePlan = Omit<Stripe.Plan, "amount_decimal"> & { amount_decimal: string | null };

export type WireItem = Omit<Stripe.SubscriptionItem, "plan" | "price" | "quantity"> & {
  plan: WirePlan;
  price: WirePrice;
  quantity: number;
};

export type WireSubscription = Omit<
  Stripe.Subscription,
  "customer" | "items" | "pending_update" | "schedule"
> & {
  customer: string;
  items: WireList<WireItem>;
  pending_update:
    | (Omit<Stripe.Subscription.PendingUpdate, "subscription_items"> & {
        subscription_items: WireItem[];
      })
    | null;
  schedule: string | null;
};

export type WireLine = Omit<Stripe.InvoiceLineItem, "pricing" | "quantity" | "quantity_decimal"> & {
  pricing: {
    price_details: { price: string; product: string };
    type: "price_details";
    unit_amount_decimal: string;
  };
  quantity: number;
  quantity_decimal: string;
};

export type WireInvoice = Omit<Stripe.Invoice, "customer" | "lines" | "payments"> & {
  customer: string;
  lines: WireList<WireLine>;
};

// A subscription and what Stripe knows of it beside its visible fields.
export interface SubscriptionRecord {
  subscription: WireSubscription;
  // Prorations that wait for the next invoice.
  pending: WireLine[];
  toldTrialEnd: boolean;
  // The invoice that a pending update waits for.
  pendingInvoice: string | null;
}

export interface ScheduleRecord {
  schedule: Stripe.SubscriptionSchedule;
}
