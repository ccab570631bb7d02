import type Stripe from "stripe";
import { z } from "zod";
import { Routes } from "../api.ts";
import type { Context } from "../context.ts";
import { invalid, missing } from "../errors.ts";
import { newId } from "../ids.ts";
import { page } from "../list.ts";
import { currency, expand, flag, integer, listParams, metadata, text } from "../params.ts";
import { createProduct, productById, productData } from "./products.ts";
import { update } from "./update.ts";

// On the wire a decimal is text; the SDK turns it into its own type.
export type WirePrice = Omit<Stripe.Price, "unit_amount_decimal"> & {
  unit_amount_decimal: string | null;
};

const amount = integer.pipe(z.int().min(0, "Invalid integer"));

const recurring = z.strictObject({
  interval: z.enum(["day", "week", "month", "year"]),
  interval_count: integer.pipe(z.int().min(1)).default(1),
  trial_period_days: integer.pipe(z.int().min(1).max(730)).optional(),
});

const fields = {
  active: flag.optional(),
  expand,
  lookup_key: text.optional(),
  metadata: metadata.optional(),
  nickname: text.optional(),
};

const createSchema = z.strictObject({
  ...fields,
  currency,
  product: text.optional(),
  product_data: productData.optional(),
  recurring: recurring.optional(),
  unit_amount: amount,
});

// A price that a checkout makes along the way.
export const priceData = z.strictObject({
  currency,
  product: text.optional(),
  product_data: productData.optional(),
  recurring: recurring.optional(),
  unit_amount: amount,
});

export function priceRoutes(ctx: Context) {
  const routes = new Routes(ctx);

  routes.post("/v1/prices", createSchema, (_, params, { cause }) => {
    const price = createPrice(ctx, params, params.active ?? true, "");
    Object.assign(price, { nickname: params.nickname ?? null });
    Object.assign(price, { lookup_key: params.lookup_key ?? null });
    ctx.emit("price.created", price, cause);
    return price;
  });

  routes.post("/v1/prices/:id", z.strictObject(fields), (_, params, { id, cause }) => {
    const price = priceById(ctx, id);
    const { expand: _expand, ...given } = params;
    const previous = update(price, given as Partial<WirePrice>);
    ctx.store.put("prices", id, price);
    if (Object.keys(previous).length > 0) ctx.emit("price.updated", price, cause, previous);
    return price;
  });

  routes.get("/v1/prices/:id", z.strictObject({ expand }), (_, __, { id }) => priceById(ctx, id));

  const listSchema = z.strictObject({
    ...listParams,
    active: flag.optional(),
    lookup_keys: z.array(text).optional(),
    product: text.optional(),
    type: z.enum(["one_time", "recurring"]).optional(),
  });
  routes.get("/v1/prices", listSchema, (_, params) => {
    const rows = ctx.store
      .all("prices")
      .filter((each) => params.active === undefined || each.active === params.active)
      .filter((each) => params.product === undefined || each.product === params.product)
      .filter((each) => params.type === undefined || each.type === params.type)
      .filter((each) => params.lookup_keys?.includes(each.lookup_key ?? "") ?? true);
    return page("/v1/prices", "price", rows, params);
  });

  return routes.app;
}

export function priceById(ctx: Context, id: string, param?: string): WirePrice {
  const price = ctx.store.get("prices", id);
  if (!price) throw missing("price", id, param);
  return price;
}

type NewPrice = z.output<typeof priceData> & { metadata?: Record<string, string> | undefined };

// `at` is where the data stands in the request, for the error's param.
export function createPrice(ctx: Context, given: NewPrice, active: boolean, at: string): WirePrice {
  const param = (name: string) => (at ? `${at}[${name}]` : name);
  if (Boolean(given.product) === Boolean(given.product_data)) {
    throw invalid(
      "Give exactly one of product and product_data.",
      param("product"),
      given.product ? "parameter_invalid" : "parameter_missing",
    );
  }
  const product = given.product_data
    ? createProduct(ctx, { ...given.product_data, active })
    : productById(ctx, given.product ?? "", param("product"));
  const price: WirePrice = {
    id: newId("price"),
    object: "price",
    active,
    billing_scheme: "per_unit",
    created: ctx.now(),
    currency: given.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: given.metadata ?? {},
    nickname: null,
    product: product.id,
    recurring: given.recurring
      ? {
          ...given.recurring,
          meter: null,
          trial_period_days: given.recurring.trial_period_days ?? null,
          usage_type: "licensed",
        }
      : null,
    tax_behavior: "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: given.recurring ? "recurring" : "one_time",
    unit_amount: given.unit_amount,
    unit_amount_decimal: String(given.unit_amount),
  };
  return ctx.store.put("prices", price.id, price);
}
