import type { Context } from "./context.ts";
import { invalid } from "./errors.ts";

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
  if (at.object !== "checkout.session" || key !== "line_items") return undefined;
  return structuredClone(ctx.store.get("checkouts", String(at.id))?.line_items);
}

function objectOf(ctx: Context, id: string): object | undefined {
  const { store } = ctx;
  const found =
    store.get("charges", id) ??
    store.get("customers", id) ??
    store.get("paymentIntents", id) ??
    store.get("prices", id) ??
    store.get("products", id);
  return structuredClone(found);
}
