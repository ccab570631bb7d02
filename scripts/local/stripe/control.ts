import { setTimeout as sleep } from "node:timers/promises";
import { type Context as Call, Hono } from "hono";
import Stripe from "stripe";
import { z } from "zod";
import { type Context, NO_REQUEST } from "./context.ts";
import { StripeApiError } from "./errors.ts";
import { type Faults, faultSchema } from "./faults.ts";
import { expireSession, payLater, payNow, settle } from "./payment.ts";
import { recordOf } from "./resources/checkout_sessions.ts";
import { eventById } from "./resources/events.ts";
import { shuffled } from "./shuffle.ts";
import type { Delivery } from "./webhooks.ts";

const MAX_DELAY_MS = 60_000;

const paySchema = z.strictObject({
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

const settingsSchema = z.strictObject({ automatic_delivery: z.boolean() });

// What a test does in place of a buyer, a bank and a bad network. JSON in, JSON out.
export function createControl(ctx: Context, faults: Faults): Hono {
  const control = new Hono();

  control.get("/_emulator", (c) =>
    c.json({ ok: true, api_version: Stripe.API_VERSION, webhooks: ctx.webhooks.configured }),
  );

  control.post("/_emulator/sessions/:id/pay", async (c) => {
    const { email, method } = await body(c, paySchema);
    const record = recordOf(ctx, c.req.param("id"));
    return c.json((method === "card" ? payNow : payLater)(ctx, record, email));
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
    const { automatic_delivery } = await body(c, settingsSchema);
    ctx.webhooks.automatic = automatic_delivery;
    return c.json({ automatic_delivery });
  });

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
