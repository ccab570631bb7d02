import { Hono } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { CARD_NAMES } from "./billing/cards.ts";
import type { Context } from "./context.ts";
import { isDecline, StripeApiError } from "./errors.ts";
import { document } from "./page_document.ts";
import { invoicePages } from "./page_invoice.ts";
import { portalPages } from "./page_portal.ts";
import { openPage, waitingPage } from "./page_views.ts";
import { payLater, payNow, settle } from "./payment.ts";
import { type CheckoutRecord, recordOf } from "./resources/checkout_sessions.ts";

const PATH = "/checkout/pay/:id";

const formSchema = z.object({
  action: z.enum(["pay", "later", "cancel", "arrive", "bounce"]),
  card: z.enum(CARD_NAMES).optional(),
  email: z.email().optional().catch(undefined),
});

// The pages that a buyer sees: the checkout, the portal, an invoice.
export function createPages(ctx: Context): Hono {
  const pages = new Hono();

  pages.use(async (c, next) => {
    await next();
    c.res.headers.set("cache-control", "no-store");
    c.res.headers.set("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
    c.res.headers.set("x-frame-options", "DENY");
  });

  pages.route("/", portalPages(ctx));
  pages.route("/", invoicePages(ctx));

  pages.get(PATH, (c) => c.html(view(ctx, recordOf(ctx, c.req.param("id")))));

  pages.post(PATH, async (c) => {
    const record = recordOf(ctx, c.req.param("id"));
    const parsed = formSchema.safeParse(await c.req.parseBody());
    if (!parsed.success) throw new StripeApiError(400, "This form is not known.");
    const { action, ...buyer } = parsed.data;
    const { session } = record;
    if (action === "cancel") return c.redirect(session.cancel_url ?? c.req.path, 303);
    if (action === "arrive" || action === "bounce") {
      settle(ctx, record, action === "arrive");
      return c.redirect(c.req.path, 303);
    }
    // A second click finds the session complete and only goes on.
    try {
      if (session.status === "open") (action === "pay" ? payNow : payLater)(ctx, record, buyer);
    } catch (error) {
      if (!isDecline(error)) throw error;
      return c.html(document("Checkout", openPage(ctx, record, error.message)), 402);
    }
    return c.redirect(session.status === "complete" ? successUrl(record) : c.req.path, 303);
  });

  pages.onError((error, c) => {
    if (!(error instanceof StripeApiError)) throw error;
    const title = error.status === 404 ? "There is no such page" : "This cannot be done";
    const body = html`<h1>${title}</h1><p class="lead">${error.message}</p>`;
    return c.html(document(title, body), error.status as 400);
  });

  return pages;
}

function view(ctx: Context, record: CheckoutRecord) {
  const { session } = record;
  const back = successUrl(record);
  if (session.status === "open") return document("Checkout", openPage(ctx, record));
  if (session.status === "expired") {
    const body = html`<h1>This checkout has expired</h1>
      <p class="lead">Nothing was charged. Go back to the shop and start again.</p>`;
    return document("Checkout expired", body);
  }
  if (session.payment_status !== "unpaid") {
    const begun = session.payment_status === "paid" ? "Paid" : "Your trial has begun";
    const body = html`<h1>${begun}</h1>
      <p class="lead">This checkout is complete.</p>
      <a class="button" href="${back}">Back to the shop</a>`;
    return document(begun, body);
  }
  const intent = ctx.store.get("paymentIntents", String(session.payment_intent));
  return document("Payment on its way", waitingPage(intent?.status === "processing", back));
}

function successUrl({ session }: CheckoutRecord): string {
  return (session.success_url ?? "").replaceAll("{CHECKOUT_SESSION_ID}", session.id);
}
