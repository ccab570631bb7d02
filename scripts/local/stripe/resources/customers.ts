import type Stripe from "stripe";
import { z } from "zod";
import { Routes } from "../api.ts";
import type { Cause, Context } from "../context.ts";
import { missing } from "../errors.ts";
import { newId, randomText } from "../ids.ts";
import { page } from "../list.ts";
import { email, expand, listParams, metadata, text } from "../params.ts";
import { cardsOf } from "./payment_methods.ts";
import { update } from "./update.ts";

const fields = {
  description: text.optional(),
  email: email.optional(),
  expand,
  metadata: metadata.optional(),
  name: text.optional(),
  phone: text.optional(),
};

const updateSchema = z.strictObject({
  ...fields,
  invoice_settings: z.strictObject({ default_payment_method: text }).optional(),
});

export function customerRoutes(ctx: Context) {
  const routes = new Routes(ctx);

  routes.post("/v1/customers", z.strictObject(fields), (_, params, { cause }) => {
    const { expand: _expand, ...given } = params;
    return createCustomer(ctx, given as Partial<Stripe.Customer>, cause);
  });

  routes.post("/v1/customers/:id", updateSchema, (_, params, { id, cause }) => {
    const customer = customerById(ctx, id);
    const { expand: _expand, invoice_settings: settings, ...given } = params;
    if (settings && !cardsOf(ctx, id).some((each) => each.id === settings.default_payment_method)) {
      const param = "invoice_settings[default_payment_method]";
      throw missing("PaymentMethod", settings.default_payment_method, param);
    }
    return changeCustomer(ctx, customer, cause, (each) => {
      update(each, given as Partial<Stripe.Customer>);
      Object.assign(each.invoice_settings, settings);
    });
  });

  routes.delete("/v1/customers/:id", z.strictObject({ expand }), (_, __, { id, cause }) => {
    const customer = customerById(ctx, id);
    ctx.store.delete("customers", id);
    ctx.emit("customer.deleted", customer, cause);
    return { id, object: "customer", deleted: true };
  });

  routes.get("/v1/customers/:id", z.strictObject({ expand }), (_, __, { id }) =>
    customerById(ctx, id),
  );

  const listSchema = z.strictObject({ ...listParams, email: z.string().optional() });
  routes.get("/v1/customers", listSchema, (_, params) => {
    const all = ctx.store.all("customers");
    const rows = params.email ? all.filter((each) => each.email === params.email) : all;
    return page("/v1/customers", "customer", rows, params);
  });

  return routes.app;
}

export function customerById(ctx: Context, id: string, param?: string): Stripe.Customer {
  const customer = ctx.store.get("customers", id);
  if (!customer) throw missing("customer", id, param);
  return customer;
}

export function createCustomer(
  ctx: Context,
  given: Partial<Stripe.Customer>,
  cause: Cause,
): Stripe.Customer {
  const customer = newCustomer(ctx.now());
  update(customer, given);
  ctx.store.put("customers", customer.id, customer);
  ctx.emit("customer.created", customer, cause);
  return customer;
}

export function changeCustomer(
  ctx: Context,
  customer: Stripe.Customer,
  cause: Cause,
  mutate: (customer: Stripe.Customer) => void,
): Stripe.Customer {
  ctx.change("customer.updated", customer, cause, mutate);
  return ctx.store.put("customers", customer.id, customer);
}

function newCustomer(now: number): Stripe.Customer {
  return {
    id: newId("customer"),
    object: "customer",
    address: null,
    balance: 0,
    created: now,
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomText(8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  };
}
