import type { Route } from "../types.ts";

// A call that only places or looks after an order.
export const ORDER_MS = 30_000;
// A result, of up to 100 MB.
export const DOWNLOAD_MS = 120_000;

// A call that brings the result itself: as long as the route allows, but never longer than a
// function may run on hosted Supabase.
export function workMs({ timeoutSeconds }: Route): number {
  return Math.min(140_000, timeoutSeconds * 1000);
}
