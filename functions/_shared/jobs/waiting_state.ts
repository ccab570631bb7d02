import { z } from "zod";
import type { Route } from "../providers/types.ts";
import type { WaitState } from "./handler.ts";
import type { Job } from "./job.ts";

// What a waiting job carries from run to run, in jobs.state. record_provider_callback() looks the
// job up by provider and external_id, and adds `callback`.
const schema = z.object({
  provider: z.string(),
  external_id: z.string().min(1),
  submitted_at: z.string(),
  route: z.object({
    id: z.string(),
    model: z.string(),
    timeoutSeconds: z.number(),
    settings: z.record(z.string(), z.unknown()),
  }),
  // Runs in a row that could not learn or store the outcome.
  setbacks: z.number().int().default(0),
  callback: z.record(z.string(), z.unknown()).optional(),
});

export type OrderState = z.output<typeof schema>;

const FIRST_SETBACK_SECONDS = 15;
const MAX_SETBACK_SECONDS = 300;
// About an hour and a half. Then the work is ordered anew.
const MAX_SETBACKS = 20;

// The order that this job has open with a provider, if any.
export function orderOf(job: Job): OrderState | undefined {
  const parsed = schema.safeParse(job.state ?? {});
  return parsed.success ? parsed.data : undefined;
}

export function newOrder({ provider, ...route }: Route, externalId: string): OrderState {
  return {
    provider,
    external_id: externalId,
    route,
    submitted_at: new Date().toISOString(),
    setbacks: 0,
  };
}

// A callback that was heard stays in the state: the database wakes a job once for it, not again.
export function stillPending(order: OrderState): WaitState {
  return { ...order, setbacks: 0 };
}

// The order is open and paid for, but its outcome could not be learnt or stored: look again later
// instead of ordering twice. Undefined when it has been tried often enough.
export function afterSetback(
  order: OrderState,
  seconds: number | undefined,
): { seconds: number; state: WaitState } | undefined {
  if (order.setbacks >= MAX_SETBACKS) return undefined;
  const backoff = Math.min(MAX_SETBACK_SECONDS, FIRST_SETBACK_SECONDS * 2 ** order.setbacks);
  return { seconds: seconds ?? backoff, state: { ...order, setbacks: order.setbacks + 1 } };
}
