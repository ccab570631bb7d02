import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { createApi } from "./api.ts";
import { runDue } from "./billing/clock.ts";
import { Context } from "./context.ts";
import { createControl } from "./control.ts";
import { Faults } from "./faults.ts";
import { createPages } from "./page.ts";
import { chargeRoutes } from "./resources/charges.ts";
import { checkoutSessionRoutes } from "./resources/checkout_sessions.ts";
import { customerRoutes } from "./resources/customers.ts";
import { disputeRoutes } from "./resources/disputes.ts";
import { eventRoutes } from "./resources/events.ts";
import { invoiceRoutes } from "./resources/invoices.ts";
import { paymentIntentRoutes } from "./resources/payment_intents.ts";
import { paymentMethodRoutes } from "./resources/payment_methods.ts";
import { portalSessionRoutes } from "./resources/portal_sessions.ts";
import { priceRoutes } from "./resources/prices.ts";
import { productRoutes } from "./resources/products.ts";
import { refundRoutes } from "./resources/refunds.ts";
import { subscriptionScheduleRoutes } from "./resources/subscription_schedules.ts";
import { subscriptionRoutes } from "./resources/subscriptions.ts";
import { Store } from "./store.ts";
import { Webhooks } from "./webhooks.ts";

const CLOCK_CHECK_MS = 10_000;

export interface StripeEmulatorOptions {
  secretKey: string;
  // Without both, events are recorded and not sent.
  webhookUrl?: string;
  webhookSecret?: string;
  // Where the buyer's browser reaches the page, if not where the API was called.
  publicUrl?: string;
  // Keeps everything across restarts.
  dataFile?: string;
  // Forgets what the file holds; it is written over with the first change.
  startEmpty?: boolean;
  // Waits between the attempts of one webhook; after the last one it is given up until a restart.
  retryDelaysMs?: readonly number[];
  // The clock, in milliseconds.
  now?: () => number;
}

export interface StripeEmulator {
  app: Hono;
  fetch: (request: Request) => Response | Promise<Response>;
  // Resolves when no webhook is on its way.
  idle: () => Promise<void>;
  close: () => Promise<void>;
}

export function createStripeEmulator(options: StripeEmulatorOptions): StripeEmulator {
  const store = new Store(options.dataFile, options.startEmpty);
  const webhooks = new Webhooks({
    url: options.webhookUrl,
    secret: options.webhookSecret,
    retryDelaysMs: options.retryDelaysMs,
    onDelivered: (event) => {
      event.pending_webhooks = 0;
      store.put("events", event.id, event);
    },
  });
  const ctx = new Context(store, webhooks, options.now ?? Date.now);
  const faults = new Faults();

  const api = createApi(ctx, options.secretKey, faults);
  const resources = [
    chargeRoutes(ctx),
    checkoutSessionRoutes(ctx),
    customerRoutes(ctx),
    disputeRoutes(ctx),
    eventRoutes(ctx),
    invoiceRoutes(ctx),
    paymentIntentRoutes(ctx),
    paymentMethodRoutes(ctx),
    portalSessionRoutes(ctx),
    priceRoutes(ctx),
    productRoutes(ctx),
    refundRoutes(ctx),
    subscriptionScheduleRoutes(ctx),
    subscriptionRoutes(ctx),
  ];
  for (const resource of resources) api.route("/", resource);

  const app = new Hono();
  app.use(async (c, next) => {
    ctx.origin = options.publicUrl ?? new URL(c.req.url).origin;
    runDue(ctx);
    await next();
  });
  // Handed on as requests, so that each part keeps its own way of telling an error.
  const control = createControl(ctx, faults);
  const pages = createPages(ctx);
  app.all("/v1/*", (c) => api.fetch(c.req.raw));
  app.all("/_emulator/*", (c) => control.fetch(c.req.raw));
  for (const path of ["/checkout/*", "/invoice/*", "/portal/*"]) {
    app.all(path, (c) => pages.fetch(c.req.raw));
  }
  app.get("/", (c) =>
    c.text(
      "The local Stripe emulator: its API is at /v1, its pages at /checkout/pay, /portal and /invoice.\n",
    ),
  );
  app.notFound((c) => c.text("Nothing is served here.\n", 404));

  for (const event of store.all("events")) {
    if (event.pending_webhooks > 0) webhooks.enqueue(event);
  }
  const timer = setInterval(() => runDue(ctx), CLOCK_CHECK_MS);
  timer.unref();

  return {
    app,
    fetch: (request) => app.fetch(request),
    idle: () => webhooks.idle(),
    close: async () => {
      clearInterval(timer);
      await webhooks.close();
      store.close();
    },
  };
}

export interface StripeServerOptions extends StripeEmulatorOptions {
  // 0 takes any free one.
  port: number;
}

export interface StripeServer {
  url: string;
  emulator: StripeEmulator;
  close: () => Promise<void>;
}

export async function startStripeEmulator(options: StripeServerOptions): Promise<StripeServer> {
  const emulator = createStripeEmulator(options);
  const hostname = "127.0.0.1";
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>(
    (resolve, reject) => {
      // Its faster Response would replace the global one, and lose headers that are set later.
      const listening = serve(
        { fetch: emulator.fetch, hostname, port: options.port, overrideGlobalObjects: false },
        (address) => resolve({ server: listening, port: address.port }),
      );
      listening.on("error", reject);
    },
  ).catch(async (error: unknown) => {
    await emulator.close();
    throw error;
  });
  return {
    url: `http://${hostname}:${port}`,
    emulator,
    close: async () => {
      await emulator.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
    },
  };
}
