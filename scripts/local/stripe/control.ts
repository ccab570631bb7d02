import { setTimeout as sleep } from "node:timers/promises";
import { type Context as Call, Hono } from "hono";
import Stripe from "stripe";
import { z } from "zod";
import { CARD_NAMES } from "./billing/cards.ts";
import { runDue } from "./billing/clock.ts";
import { boundary } from "./billing/period.ts";
import { type Context, NO_REQUEST } from "./context.ts";
import { invalid, StripeApiError } from "./errors.ts";
import { type Faults, faultSchema } from "./faults.ts";
import { expireSession, payLater, payNow, settle } from "./payment.ts";
import { recordOf } from "./resources/checkout_sessions.ts";
import { closeDispute, closeSchema, openDispute, openSchema } from "./resources/disputes.ts";
import { eventById } from "./resources/events.ts";
import { failRefund } from "./resources/refunds.ts";
import { shuffled } from "./shuffle.ts";
import type { Delivery } from "./webhooks.ts";

const MAX_DELAY_MS = 60_000;

const paySchema = z.strictObject({
  card: z.enum(CARD_NAMES).optional(),
  email: z.email().optional(),
  method: z.enum(["card", "delayed"]).default("card"),
});

const settleSchema = z.strictObject({ outcome: z.enum(["succeeded", "failed"]) });

const resendSchema = z.strictObject({
  secret: z.string().min(1).optional(),
  signed_seconds_ago: z.int().optional(),
});

const deliverSchema = z.strictObject({
  // All of them, oldest first, if none are named.
  events: z.array(z.string()).optional(),
  // Milliseconds to wait before each.
  late: z.int().min(0).max(MAX_DELAY_MS).default(0),
  parallel: z.boolean().default(false),
  seed: z.int().default(1),
  shuffled: z.boolean().default(false),
  twice: z.boolean().default(false),
});

const settingsSchema = z.strictObject({
  // The version that events are written in from now on, such as 2024-06-20.
  api_version: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}/)
    .optional(),
  automatic_delivery: z.boolean().optional(),
});

// Where the clock goes: so far ahead, or (first of all) to a time.
const clockSchema = z.union([
  z.strictObject({ days: z.int().min(1).max(4000) }),
  z.strictObject({ months: z.int().min(1).max(120) }),
  z.strictObject({ seconds: z.int().min(1) }),
  z.strictObject({ now: z.int().min(0) }),
]);

// What a test does in place of a buyer, a bank and a bad network. JSON in, JSON out.
export function createControl(ctx: Context, faults: Faults): Hono {
  const control = new Hono();

  control.get("/_emulator", (c) =>
    c.json({ ok: true, api_version: Stripe.API_VERSION, webhooks: ctx.webhooks.configured }),
  );

  control.post("/_emulator/sessions/:id/pay", async (c) => {
    const { method, ...buyer } = await body(c, paySchema);
    const record = recordOf(ctx, c.req.param("id"));
    return c.json((method === "card" ? payNow : payLater)(ctx, record, buyer));
  });

  control.post("/_emulator/sessions/:id/settle", async (c) => {
    const { outcome } = await body(c, settleSchema);
    return c.json(settle(ctx, recordOf(ctx, c.req.param("id")), outcome === "succeeded"));
  });

  control.post("/_emulator/sessions/:id/expire", (c) =>
    c.json(expireSession(ctx, recordOf(ctx, c.req.param("id")), NO_REQUEST)),
  );

  control.post("/_emulator/events/:id/resend", async (c) => {
    const { secret, signed_seconds_ago } = await body(c, resendSchema);
    const delivery = await ctx.webhooks.send(eventById(ctx, c.req.param("id")), {
      ...(secret !== undefined && { secret }),
      ...(signed_seconds_ago !== undefined && { signedSecondsAgo: signed_seconds_ago }),
    });
    return c.json(delivery);
  });

  control.post("/_emulator/deliver", async (c) => {
    const wanted = await body(c, deliverSchema);
    const chosen = wanted.events?.map((id) => eventById(ctx, id)) ?? ctx.store.all("events");
    const doubled = wanted.twice ? [...chosen, ...chosen] : chosen;
    const events = wanted.shuffled ? shuffled(doubled, wanted.seed) : doubled;
    const deliveries: (Delivery | Promise<Delivery>)[] = [];
    for (const event of events) {
      await sleep(wanted.late);
      const delivery = ctx.webhooks.send(event);
      deliveries.push(wanted.parallel ? delivery : await delivery);
    }
    return c.json({ deliveries: await Promise.all(deliveries) });
  });

  control.post("/_emulator/settings", async (c) => {
    const { api_version, automatic_delivery } = await body(c, settingsSchema);
    ctx.webhooks.automatic = automatic_delivery ?? ctx.webhooks.automatic;
    ctx.apiVersion = api_version ?? ctx.apiVersion;
    return c.json({
      api_version: ctx.apiVersion,
      automatic_delivery: ctx.webhooks.automatic,
    });
  });

  control.post("/_emulator/clock", async (c) => {
    const to = target(ctx.now(), await body(c, clockSchema));
    if (to < ctx.now() && ctx.store.all("subscriptions").length > 0) {
      throw invalid("The clock goes back only while there are no subscriptions.");
    }
    ctx.setClock(to);
    runDue(ctx);
    return c.json({ now: ctx.now() });
  });

  control.post("/_emulator/disputes", async (c) =>
    c.json(openDispute(ctx, await body(c, openSchema))),
  );

  control.post("/_emulator/disputes/:id/close", async (c) =>
    c.json(closeDispute(ctx, c.req.param("id"), await body(c, closeSchema))),
  );

  control.post("/_emulator/refunds/:id/fail", (c) => c.json(failRefund(ctx, c.req.param("id"))));

  control.post("/_emulator/faults", async (c) => {
    const fault = await body(c, faultSchema);
    faults.order(fault);
    return c.json(fault);
  });

  control.delete("/_emulator/faults", (c) => {
    faults.clear();
    return c.json({ ok: true });
  });

  control.onError((error, c) => {
    if (!(error instanceof StripeApiError)) throw error;
    return c.json(error.body(""), error.status as 400);
  });

  return control;
}

function target(now: number, wanted: z.output<typeof clockSchema>): number {
  if ("now" in wanted) return wanted.now;
  if ("seconds" in wanted) return now + wanted.seconds;
  if ("days" in wanted) return boundary(now, { interval: "day", interval_count: 1 }, wanted.days);
  return boundary(now, { interval: "month", interval_count: 1 }, wanted.months);
}

// An empty body stands for {}.
async function body<T>(c: Call, schema: z.ZodType<T>): Promise<T> {
  const text = await c.req.text();
  try {
    return schema.parse(text === "" ? {} : JSON.parse(text));
  } catch (error) {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : "The body is not JSON.";
    throw new StripeApiError(400, message);
  }
}
