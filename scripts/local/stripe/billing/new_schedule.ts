import type Stripe from "stripe";
import type { Context } from "../context.ts";
import type { WireSubscription } from "./wire.ts";

type Schedule = Stripe.SubscriptionSchedule;
type Phase = Stripe.SubscriptionSchedule.Phase;

interface GivenPhase {
  currency: string;
  start: number;
  end: number;
  items: { price: string; quantity: number }[];
  proration: Phase["proration_behavior"];
}

export function newPhase(given: GivenPhase): Phase {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: null,
    currency: given.currency,
    default_payment_method: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    end_date: given.end,
    invoice_settings: null,
    items: given.items.map(({ price, quantity }) => ({
      billing_thresholds: null,
      discounts: [],
      metadata: {},
      plan: price,
      price,
      quantity,
      tax_rates: [],
    })),
    metadata: {},
    on_behalf_of: null,
    proration_behavior: given.proration,
    start_date: given.start,
    transfer_data: null,
    trial_end: null,
  };
}

export function newSchedule(
  ctx: Context,
  id: string,
  subscription: WireSubscription,
  phases: Phase[],
): Schedule {
  const [phase] = phases;
  return {
    id,
    object: "subscription_schedule",
    application: null,
    billing_mode: structuredClone(subscription.billing_mode),
    canceled_at: null,
    completed_at: null,
    created: ctx.now(),
    current_phase: phase ? { start_date: phase.start_date, end_date: phase.end_date } : null,
    customer: subscription.customer,
    customer_account: null,
    default_settings: {
      application_fee_percent: null,
      billing_cycle_anchor: "automatic",
      billing_thresholds: null,
      collection_method: "charge_automatically",
      default_payment_method: null,
      description: null,
      invoice_settings: {
        account_tax_ids: null,
        custom_fields: null,
        days_until_due: null,
        description: null,
        footer: null,
        issuer: { type: "self" },
      },
      on_behalf_of: null,
      transfer_data: null,
    },
    end_behavior: "release",
    livemode: false,
    metadata: {},
    pause_schedules: [],
    phases,
    released_at: null,
    released_subscription: null,
    status: "active",
    subscription: subscription.id,
    test_clock: null,
  };
}
