import type Stripe from "stripe";
import { z } from "zod";
import { Routes } from "../api.ts";
import type { Context } from "../context.ts";
import { missing } from "../errors.ts";
import { newId, randomText } from "../ids.ts";
import { page } from "../list.ts";
import { email, expand, listParams, metadata, text } from "../params.ts";
import { update } from "./update.ts";

const fields = {
  description: text.optional(),
  email: email.optional(),
  expand,
  metadata: metadata.optional(),
  name: text.optional(),
  phone: text.optional(),
};

export function customerRoutes(ctx: Context) {
  const routes = new Routes(ctx);

  routes.post("/v1/customers", z.strictObject(fields), (_, params, { cause }) => {
    const customer = newCustomer(ctx.now());
    const { expand: _expand, ...given } = params;
    update(customer, given as Partial<Stripe.Customer>);
    ctx.store.put("customers", customer.id, customer);
    ctx.emit("customer.created", customer, cause);
    return customer;
  });

  routes.post("/v1/customers/:id", z.strictObject(fields), (_, params, { id, cause }) => {
    const customer = customerById(ctx, id);
    const { expand: _expand, ...given } = params;
    const previous = update(customer, given as Partial<Stripe.Customer>);
    ctx.store.put("customers", id, customer);
    if (Object.keys(previous).length > 0) ctx.emit("customer.updated", customer, cause, previous);
    return customer;
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
