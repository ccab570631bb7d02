import type Stripe from "stripe";
import { z } from "zod";
import { Routes } from "../api.ts";
import type { Context } from "../context.ts";
import { invalid, missing } from "../errors.ts";
import { newId } from "../ids.ts";
import { page } from "../list.ts";
import { expand, flag, link, listParams, metadata, text } from "../params.ts";
import { update } from "./update.ts";

const fields = {
  active: flag.optional(),
  description: text.optional(),
  expand,
  images: z.array(link).max(8).optional(),
  metadata: metadata.optional(),
};

const createSchema = z.strictObject({ ...fields, id: text.optional(), name: text });
const updateSchema = z.strictObject({ ...fields, name: text.optional() });

// What a price or a checkout may say of a product that it makes along the way.
export const productData = z.strictObject({
  description: fields.description,
  images: fields.images,
  metadata: fields.metadata,
  name: text,
});

export function productRoutes(ctx: Context) {
  const routes = new Routes(ctx);

  routes.post("/v1/products", createSchema, (_, params, { cause }) => {
    const { expand: _expand, ...given } = params;
    const product = createProduct(ctx, given);
    ctx.emit("product.created", product, cause);
    return product;
  });

  routes.post("/v1/products/:id", updateSchema, (_, params, { id, cause }) => {
    const product = productById(ctx, id);
    const { expand: _expand, ...given } = params;
    const previous = update(product, given as Partial<Stripe.Product>);
    if (Object.keys(previous).length > 0) {
      Object.assign(previous, update(product, { updated: ctx.now() }));
      ctx.emit("product.updated", product, cause, previous);
    }
    ctx.store.put("products", id, product);
    return product;
  });

  routes.get("/v1/products/:id", z.strictObject({ expand }), (_, __, { id }) =>
    productById(ctx, id),
  );

  routes.delete("/v1/products/:id", z.strictObject({ expand }), (_, __, { id, cause }) => {
    const product = productById(ctx, id);
    if (ctx.store.all("prices").some((price) => price.product === id)) {
      throw invalid("This product has prices: make it inactive.", "id");
    }
    ctx.store.delete("products", id);
    ctx.emit("product.deleted", product, cause);
    return { id, object: "product", deleted: true };
  });

  const listSchema = z.strictObject({
    ...listParams,
    active: flag.optional(),
    ids: z.array(text).optional(),
  });
  routes.get("/v1/products", listSchema, (_, params) => {
    const rows = ctx.store
      .all("products")
      .filter((each) => params.active === undefined || each.active === params.active)
      .filter((each) => params.ids === undefined || params.ids.includes(each.id));
    return page("/v1/products", "product", rows, params);
  });

  return routes.app;
}

export function productById(ctx: Context, id: string, param?: string): Stripe.Product {
  const product = ctx.store.get("products", id);
  if (!product) throw missing("product", id, param);
  return product;
}

export function createProduct(
  ctx: Context,
  given: z.output<typeof productData> & { id?: string | undefined; active?: boolean | undefined },
): Stripe.Product {
  const now = ctx.now();
  const product: Stripe.Product = {
    id: given.id ?? newId("product"),
    object: "product",
    active: given.active ?? true,
    created: now,
    default_price: null,
    description: given.description ?? null,
    images: given.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: given.metadata ?? {},
    name: given.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: "service",
    unit_label: null,
    updated: now,
    url: null,
  };
  return ctx.store.put("products", product.id, product);
}
