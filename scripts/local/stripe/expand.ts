import type { Context } from "./context.ts";
import { invalid } from "./errors.ts";
import { list } from "./list.ts";

type Json = Record<string, unknown>;

// Replaces ids by their objects along paths such as "payment_intent.latest_charge" or
// "data.customer". The answer is a copy.
export function expanded(ctx: Context, value: object, paths: readonly string[]): object {
  const copy = structuredClone(value) as Json;
  for (const path of paths) follow(ctx, copy, path.split("."), path);
  return copy;
}

function follow(ctx: Context, at: Json, keys: readonly string[], path: string): void {
  const [key, ...rest] = keys;
  if (key === undefined) return;
  const value = at[key] === undefined ? hidden(ctx, at, key) : at[key];
  if (value === undefined) {
    throw invalid(`This property cannot be expanded (${path}).`, "expand");
  }
  const next = typeof value === "string" ? objectOf(ctx, value) : value;
  if (next === undefined) throw invalid(`This property cannot be expanded (${path}).`, "expand");
  at[key] = next;
  for (const child of Array.isArray(next) ? next : [next]) {
    if (child !== null && typeof child === "object") follow(ctx, child as Json, rest, path);
  }
}

// What an object has, but shows only when asked.
function hidden(ctx: Context, at: Json, key: string): unknown {
  const id = String(at.id);
  if (at.object === "checkout.session" && key === "line_items") {
    return structuredClone(ctx.store.get("checkouts", id)?.line_items);
  }
  if (at.object === "invoice" && key === "payments") {
    const rows = ctx.store.all("invoicePayments").filter((each) => each.invoice === id);
    return structuredClone(list(`/v1/invoices/${id}/payments`, rows.toReversed()));
  }
  if (at.object === "charge" && key === "refunds") {
    const rows = ctx.store.all("refunds").filter((each) => each.charge === id);
    return structuredClone(list(`/v1/charges/${id}/refunds`, rows.toReversed()));
  }
  return undefined;
}

function objectOf(ctx: Context, id: string): object | undefined {
  const { store } = ctx;
  const found =
    store.get("charges", id) ??
    store.get("customers", id) ??
    store.get("disputes", id) ??
    store.get("invoices", id) ??
    store.get("paymentIntents", id) ??
    store.get("paymentMethods", id) ??
    store.get("prices", id) ??
    store.get("products", id) ??
    store.get("refunds", id) ??
    store.get("schedules", id)?.schedule ??
    store.get("subscriptions", id)?.subscription;
  return structuredClone(found);
}
