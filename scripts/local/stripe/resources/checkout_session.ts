import type Stripe from "stripe";

type Given = Pick<
  Stripe.Checkout.Session,
  | "id"
  | "url"
  | "created"
  | "expires_at"
  | "cancel_url"
  | "client_reference_id"
  | "customer"
  | "customer_email"
  | "metadata"
  | "success_url"
> & { currency: string; mode: "payment" | "subscription"; total: number; email: string | null };

// An open session, with every field that Stripe shows.
export function newSession({ currency, total, email, ...given }: Given): Stripe.Checkout.Session {
  const once = given.mode === "payment";
  return {
    ...given,
    object: "checkout.session",
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: null,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer_account: null,
    customer_creation: given.customer ? null : once ? "if_required" : "always",
    customer_details: email === null ? null : customerDetails(email),
    discounts: [],
    integration_identifier: null,
    invoice: null,
    invoice_creation: once ? NO_INVOICE : null,
    livemode: false,
    locale: null,
    managed_payments: { enabled: false },
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: once ? "if_required" : "always",
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: once ? ["card", "us_bank_account"] : ["card"],
    payment_status: "unpaid",
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: null,
    subscription: null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: "hosted_page",
    wallet_options: null,
  };
}

const NO_INVOICE = {
  enabled: false,
  invoice_data: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: null,
    metadata: {},
    rendering_options: null,
  },
};

export function customerDetails(email: string | null): Stripe.Checkout.Session.CustomerDetails {
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  };
}
