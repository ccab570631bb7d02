import type Stripe from "stripe";
import { z } from "zod";
import { Routes } from "../api.ts";
import { CARDS, type CardName, cardOfToken } from "../billing/cards.ts";
import type { Cause, Context } from "../context.ts";
import { invalid, missing } from "../errors.ts";
import { newId } from "../ids.ts";
import { page } from "../list.ts";
import { expand, listParams, metadata, text } from "../params.ts";
import { changeCustomer, customerById } from "./customers.ts";

const createSchema = z.strictObject({
  card: z.strictObject({ token: text }),
  expand,
  metadata: metadata.optional(),
  type: z.enum(["card"]),
});

export function paymentMethodRoutes(ctx: Context) {
  const routes = new Routes(ctx);
  const base = "/v1/payment_methods";

  routes.post(base, createSchema, (_, params) => {
    const card = cardOfToken(params.card.token);
    if (!card) throw invalid(`No such token: '${params.card.token}'`, "card[token]");
    return createCard(ctx, card, params.metadata);
  });

  routes.get(`${base}/:id`, z.strictObject({ expand }), (_, __, { id }) =>
    paymentMethodById(ctx, id),
  );

  const attachSchema = z.strictObject({ customer: text, expand });
  routes.post(`${base}/:id/attach`, attachSchema, (_, { customer }, { id, cause }) => {
    const owner = customerById(ctx, customer, "customer");
    // A test name stands for a new card.
    const token = cardOfToken(id);
    const method = token ? createCard(ctx, token) : paymentMethodById(ctx, id);
    if (method.customer && method.customer !== owner.id) {
      throw invalid("This payment method is attached to another customer.", "id");
    }
    return attach(ctx, method, owner.id, cause);
  });

  routes.post(`${base}/:id/detach`, z.strictObject({ expand }), (_, __, { id, cause }) =>
    detach(ctx, paymentMethodById(ctx, id), cause),
  );

  const ofType = { type: z.enum(["card"]).optional() };
  const listSchema = z.strictObject({ ...listParams, ...ofType, customer: text });
  routes.get(base, listSchema, (_, params) =>
    page(base, "payment_method", cardsOf(ctx, params.customer), params),
  );
  const ownSchema = z.strictObject({ ...listParams, ...ofType });
  routes.get("/v1/customers/:id/payment_methods", ownSchema, (_, params, { id }) => {
    const rows = cardsOf(ctx, customerById(ctx, id).id);
    return page(`/v1/customers/${id}/payment_methods`, "payment_method", rows, params);
  });

  return routes.app;
}

export function paymentMethodById(ctx: Context, id: string, param?: string): Stripe.PaymentMethod {
  const method = ctx.store.get("paymentMethods", id);
  if (!method) throw missing("PaymentMethod", id, param);
  return method;
}

export function cardsOf(ctx: Context, customer: string): Stripe.PaymentMethod[] {
  return ctx.store.all("paymentMethods").filter((each) => each.customer === customer);
}

export function createCard(
  ctx: Context,
  name: CardName,
  given: Record<string, string> = {},
): Stripe.PaymentMethod {
  const id = newId("paymentMethod");
  return ctx.store.put("paymentMethods", id, {
    id,
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    card: {
      brand: "visa",
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "US",
      display_brand: "visa",
      exp_month: 12,
      exp_year: new Date(ctx.now() * 1000).getUTCFullYear() + 3,
      fingerprint: `Tallybase${CARDS[name].last4}`,
      funding: "credit",
      generated_from: null,
      last4: CARDS[name].last4,
      networks: { available: ["visa"], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: ctx.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: given,
    type: "card",
  });
}

export function attach(
  ctx: Context,
  method: Stripe.PaymentMethod,
  customer: string,
  cause: Cause,
): Stripe.PaymentMethod {
  if (method.customer === customer) return method;
  method.customer = customer;
  ctx.store.put("paymentMethods", method.id, method);
  ctx.emit("payment_method.attached", method, cause);
  return method;
}

function detach(ctx: Context, method: Stripe.PaymentMethod, cause: Cause): Stripe.PaymentMethod {
  if (!method.customer) throw invalid("This payment method is not attached to a customer.", "id");
  const customer = customerById(ctx, method.customer as string);
  method.customer = null;
  ctx.store.put("paymentMethods", method.id, method);
  ctx.emit("payment_method.detached", method, cause, { customer: customer.id });
  if (customer.invoice_settings.default_payment_method === method.id) {
    changeCustomer(ctx, customer, cause, (each) => {
      each.invoice_settings.default_payment_method = null;
    });
  }
  return method;
}
