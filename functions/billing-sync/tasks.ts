import Stripe from "stripe";
import { z } from "zod";
import { logLine } from "../_shared/log.ts";
import { type RpcClient, serviceRpc } from "../_shared/rpc.ts";
import { eventTypeGroups } from "./event_types.ts";
import { fetchObject } from "./objects.ts";

export const TASKS = ["catch_up", "reconcile", "sync_catalogue"] as const;
export type Task = (typeof TASKS)[number];

// What a run did; what failed is in the log and is tried again by the next run.
export interface Report {
  done: number;
  failed: number;
}

const SOURCE = "stripe";
const BATCH = 50;
const PAGE = 100;
const RECONCILED_DAYS = 3;

export function runTask(task: Task, stripe: Stripe, asService: RpcClient): Promise<Report> {
  switch (task) {
    case "catch_up":
      return catchUp(stripe, asService);
    case "reconcile":
      return reconcile(stripe, asService);
    case "sync_catalogue":
      return syncCatalogue(stripe, asService);
  }
}

// Fetches what its events left undecided, and ends what nobody is there to pay for any more.
async function catchUp(stripe: Stripe, asService: RpcClient): Promise<Report> {
  const limit = { p_limit: BATCH };
  const stale = await serviceRpc(asService, "stale_billing_objects", limit, staleSchema);
  const fetched = await each(stale, ({ type, id }) => fetchAndRecord(stripe, asService, type, id));
  const left = await serviceRpc(asService, "abandoned_subscriptions", limit, idsSchema);
  const ended = await each(left, (id) => endSubscription(stripe, asService, id));
  return sum(fetched, ended);
}

// Stripe refuses to end what is over already: then only we did not know.
async function endSubscription(stripe: Stripe, asService: RpcClient, id: string): Promise<void> {
  try {
    await stripe.subscriptions.cancel(id);
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
  }
  await fetchAndRecord(stripe, asService, "subscription", id);
}

// Compares what Stripe says it sent with what we have. An event that is missing is recorded as if
// it came now.
async function reconcile(stripe: Stripe, asService: RpcClient): Promise<Report> {
  const since = Math.floor(Date.now() / 1000) - RECONCILED_DAYS * 86_400;
  let report: Report = { done: 0, failed: 0 };
  for (const types of eventTypeGroups()) {
    const events = stripe.events.list({ created: { gte: since }, types, limit: PAGE });
    let page: Stripe.Event[] = [];
    for await (const event of events) {
      page.push(event);
      if (page.length < PAGE) continue;
      report = sum(report, await recordMissing(asService, page));
      page = [];
    }
    report = sum(report, await recordMissing(asService, page));
  }
  return report;
}

async function recordMissing(asService: RpcClient, events: Stripe.Event[]): Promise<Report> {
  if (events.length === 0) return { done: 0, failed: 0 };
  const args = { p_source: SOURCE, p_ids: events.map((event) => event.id) };
  const missing = await serviceRpc(asService, "missing_webhook_events", args, idsSchema);
  const wanted = events.filter((event) => missing.includes(event.id));
  return each(wanted, async (event) => {
    const record = { p_source: SOURCE, p_event: event };
    await serviceRpc(asService, "record_webhook_event", record, z.unknown());
    logLine("warn", "webhook_was_missing", { event: event.id, type: event.type });
  });
}

// Records every product and price as Stripe has them; what is not on its list was deleted.
async function syncCatalogue(stripe: Stripe, asService: RpcClient): Promise<Report> {
  const listedAt = new Date().toISOString();
  const ids: string[] = [];
  let report: Report = { done: 0, failed: 0 };
  const keep = async (object: { id: string }) => {
    ids.push(object.id);
    report = sum(report, await each([object], (one) => record(asService, one, listedAt)));
  };
  // Products first: a price names its product.
  for await (const product of stripe.products.list({ limit: PAGE })) await keep(product);
  for await (const price of stripe.prices.list({ limit: PAGE })) await keep(price);
  const args = { p_source: SOURCE, p_ids: ids };
  const unlisted = await serviceRpc(asService, "unlisted_catalogue", args, unlistedSchema);
  return sum(
    report,
    await each(unlisted, ({ type, id }) => fetchAndRecord(stripe, asService, type, id)),
  );
}

async function fetchAndRecord(stripe: Stripe, asService: RpcClient, type: string, id: string) {
  const askedAt = new Date().toISOString();
  await record(asService, await fetchObject(stripe, type, id), askedAt);
}

async function record(asService: RpcClient, object: object, fetchedAt: string): Promise<void> {
  const args = { p_source: SOURCE, p_object: object, p_fetched_at: fetchedAt };
  await serviceRpc(asService, "record_fetched_object", args, z.unknown());
}

// One that fails does not keep the others.
async function each<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<Report> {
  const report = { done: 0, failed: 0 };
  for (const item of items) {
    try {
      await run(item);
      report.done += 1;
    } catch (error) {
      report.failed += 1;
      logLine("error", "billing_sync_failed", { item: nameOf(item), error });
    }
  }
  return report;
}

function nameOf(item: unknown): unknown {
  return typeof item === "object" && item !== null && "id" in item ? item.id : item;
}

function sum(a: Report, b: Report): Report {
  return { done: a.done + b.done, failed: a.failed + b.failed };
}

const idsSchema = z.array(z.string());
const unlistedSchema = z.array(z.object({ type: z.string(), id: z.string() }));
// Other senders' objects are not for Stripe to answer.
const staleSchema = z
  .array(z.object({ source: z.string(), type: z.string(), id: z.string() }))
  .transform((rows) => rows.filter((row) => row.source === SOURCE));
