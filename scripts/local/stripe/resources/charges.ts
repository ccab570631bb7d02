import type Stripe from "stripe";
import { z } from "zod";
import { Routes } from "../api.ts";
import type { Context } from "../context.ts";
import { missing } from "../errors.ts";
import { newId } from "../ids.ts";
import { page } from "../list.ts";
import { expand, listParams, text } from "../params.ts";

export function chargeRoutes(ctx: Context) {
  const routes = new Routes(ctx);

  routes.get("/v1/charges/:id", z.strictObject({ expand }), (_, __, { id }) => chargeById(ctx, id));

  const listSchema = z.strictObject({ ...listParams, payment_intent: text.optional() });
  routes.get("/v1/charges", listSchema, (_, params) => {
    const rows = ctx.store
      .all("charges")
      .filter(
        (each) =>
          params.payment_intent === undefined || each.payment_intent === params.payment_intent,
      );
    return page("/v1/charges", "charge", rows, params);
  });

  return routes.app;
}

export function chargeById(ctx: Context, id: string, param?: string): Stripe.Charge {
  const charge = ctx.store.get("charges", id);
  if (!charge) throw missing("charge", id, param);
  return charge;
}

export function createCharge(
  ctx: Context,
  intent: Stripe.PaymentIntent,
  status: "succeeded" | "pending" | "failed",
  email: string | null,
): Stripe.Charge {
  const id = newId("charge");
  const failed = status === "failed";
  return ctx.store.put("charges", id, {
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: status === "succeeded" ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: {
      address: {
        city: null,
        country: "US",
        line1: null,
        line2: null,
        postal_code: null,
        state: null,
      },
      email,
      name: null,
      phone: null,
      tax_id: null,
    },
    calculated_statement_descriptor: "TALLYBASE",
    captured: status === "succeeded",
    created: ctx.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: failed ? "declined_by_network" : "approved_by_network",
      reason: failed ? "generic_decline" : null,
      seller_message: failed ? "The bank declined the payment." : "Payment complete.",
      type: failed ? "issuer_declined" : "authorized",
    },
    paid: status === "succeeded",
    payment_intent: intent.id,
    payment_method: typeof intent.payment_method === "string" ? intent.payment_method : null,
    payment_method_details:
      intent.payment_method_types[0] === "card"
        ? { card: testCard(ctx, intent), type: "card" }
        : { us_bank_account: TEST_BANK_ACCOUNT, type: "us_bank_account" },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status,
    transfer_data: null,
    transfer_group: null,
  });
}

function testCard(
  ctx: Context,
  { amount, payment_method: method }: Stripe.PaymentIntent,
): Stripe.Charge.PaymentMethodDetails.Card {
  return {
    amount_authorized: amount,
    authorization_code: null,
    brand: "visa",
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
    country: "US",
    electronic_commerce_indicator: null,
    exp_month: 12,
    exp_year: new Date(ctx.now() * 1000).getUTCFullYear() + 3,
    fingerprint: "TallybaseTest000",
    funding: "credit",
    installments: null,
    last4: ctx.store.get("paymentMethods", String(method))?.card?.last4 ?? "4242",
    mandate: null,
    network: "visa",
    network_transaction_id: null,
    regulated_status: "unregulated",
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
}

const TEST_BANK_ACCOUNT: Stripe.Charge.PaymentMethodDetails.UsBankAccount = {
  account_holder_type: "individual",
  account_type: "checking",
  bank_name: "STRIPE TEST BANK",
  fingerprint: "TallybaseTest001",
  last4: "6789",
  payment_reference: null,
  routing_number: "110000000",
};
