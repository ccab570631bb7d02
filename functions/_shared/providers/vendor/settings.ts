import type { z } from "zod";
import { NOT_AVAILABLE_WORDS, ProviderFaultError } from "../../work_error.ts";
import type { Route } from "../types.ts";

// A route's settings as its adapter understands them. An admin's slip is no fault of the work: the
// next route is tried.
export function settingsOf<T>(schema: z.ZodType<T>, route: Route): T {
  const parsed = schema.safeParse(route.settings);
  if (parsed.success) return parsed.data;
  const cause = new Error(`The settings of route ${route.id} make no sense.`, {
    cause: parsed.error,
  });
  throw new ProviderFaultError(NOT_AVAILABLE_WORDS, { status: 501, cause });
}

// The value of a list that is nearest to a number; the number itself without a list.
export function nearest(values: readonly number[] | undefined, wanted: number): number {
  if (!values || values.length === 0) return wanted;
  return values.reduce((best, value) =>
    Math.abs(value - wanted) < Math.abs(best - wanted) ? value : best,
  );
}
