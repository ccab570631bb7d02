import { Hono } from "hono";
import { html } from "hono/html";
import type Stripe from "stripe";
import { z } from "zod";
import { CARD_NAMES } from "./billing/cards.ts";
import { isLive, UPDATED } from "./billing/subscription.ts";
import type { SubscriptionRecord, WireInvoice } from "./billing/wire.ts";
import { type Context, NO_REQUEST } from "./context.ts";
import { missing, StripeApiError } from "./errors.ts";
import { formatMoney } from "./money.ts";
import { document } from "./page_document.ts";
import { cardChoice, rhythm } from "./page_views.ts";
import { changeCustomer, customerById } from "./resources/customers.ts";
import { attach, cardsOf, createCard } from "./resources/payment_methods.ts";
import { portalSessionById } from "./resources/portal_sessions.ts";
import { productById } from "./resources/products.ts";
import { cancelAtEnd } from "./resources/subscriptions.ts";

const PATH = "/portal/:id";

const formSchema = z.union([
  z.object({ action: z.enum(["cancel", "resume"]), subscription: z.string() }),
  z.object({ action: z.literal("card"), card: z.enum(CARD_NAMES) }),
]);

// What a customer sees of their own: subscriptions, cards, invoices.
export function portalPages(ctx: Context): Hono {
  const pages = new Hono();

  pages.get(PATH, (c) => c.html(view(ctx, portalSessionById(ctx, c.req.param("id")))));

  pages.post(PATH, async (c) => {
    const { customer } = portalSessionById(ctx, c.req.param("id"));
    const parsed = formSchema.safeParse(await c.req.parseBody());
    if (!parsed.success) throw new StripeApiError(400, "This form is not known.");
    if (parsed.data.action === "card") {
      keepCard(ctx, customer, parsed.data.card);
    } else {
      const { action, subscription } = parsed.data;
      const record = recordsOf(ctx, customer).find((each) => each.subscription.id === subscription);
      if (!record) throw missing("subscription", subscription);
      ctx.change(UPDATED, record.subscription, NO_REQUEST, (each) =>
        cancelAtEnd(ctx, each, action === "cancel"),
      );
      ctx.store.put("subscriptions", subscription, record);
    }
    return c.redirect(c.req.path, 303);
  });

  return pages;
}

// The new card is the one that everything is charged to from now on.
function keepCard(ctx: Context, id: string, name: (typeof CARD_NAMES)[number]): void {
  const customer = customerById(ctx, id);
  const method = attach(ctx, createCard(ctx, name), id, NO_REQUEST);
  changeCustomer(ctx, customer, NO_REQUEST, (each) => {
    each.invoice_settings.default_payment_method = method.id;
  });
  for (const record of recordsOf(ctx, id)) {
    ctx.change(UPDATED, record.subscription, NO_REQUEST, (each) => {
      each.default_payment_method = method.id;
    });
    ctx.store.put("subscriptions", record.subscription.id, record);
  }
}

function recordsOf(ctx: Context, customer: string): SubscriptionRecord[] {
  return ctx.store
    .all("subscriptions")
    .filter(({ subscription }) => subscription.customer === customer && isLive(subscription));
}

function view(ctx: Context, { customer, return_url }: Stripe.BillingPortal.Session) {
  const { email, invoice_settings: settings } = customerById(ctx, customer);
  const subscriptions = recordsOf(ctx, customer);
  const invoices = ctx.store.all("invoices").filter((each) => each.customer === customer);
  const body = html`<h1>Your billing</h1>
    <p class="lead">${email ?? ""}</p>
    <h2>Subscriptions</h2>
    ${subscriptions.length === 0 ? html`<p class="note">There are none.</p>` : ""}
    ${subscriptions.map((record) => subscriptionView(ctx, record))}
    <h2>Cards</h2>
    <ul class="items">
      ${cardsOf(ctx, customer).map(
        ({ card, id }) => html`<li>
          <span class="name">•••• ${card?.last4}</span>
          <span class="note">${id === settings.default_payment_method ? "Default" : ""}</span>
        </li>`,
      )}
    </ul>
    <form method="post">
      ${cardChoice()}
      <button class="button second" name="action" value="card">Use this card from now on</button>
    </form>
    <h2>Invoices</h2>
    <ul class="items">
      ${invoices.toReversed().map(invoiceView)}
    </ul>
    ${return_url ? html`<a class="button plain" href="${return_url}">Back to the shop</a>` : ""}`;
  return document("Your billing", body);
}

function subscriptionView(ctx: Context, { subscription }: SubscriptionRecord) {
  const [item] = subscription.items.data;
  if (!item) return "";
  const ends = new Date(item.current_period_end * 1000).toISOString().slice(0, 10);
  const stays = !subscription.cancel_at_period_end;
  const price = formatMoney(item.price.unit_amount ?? 0, subscription.currency);
  return html`<ul class="items">
      <li>
        <div>
          <span class="name">${productById(ctx, String(item.price.product)).name}</span>
          <span class="note">${subscription.status}, ${stays ? "renews" : "ends"} on ${ends}</span>
        </div>
        <span class="amount">${price}${rhythm(item.price.recurring)}</span>
      </li>
    </ul>
    <form method="post">
      <input type="hidden" name="subscription" value="${subscription.id}" />
      <button class="button second" name="action" value="${stays ? "cancel" : "resume"}">
        ${stays ? "Cancel at the end of the period" : "Keep it"}
      </button>
    </form>`;
}

function invoiceView({ amount_due, currency, id, number, status }: WireInvoice) {
  return html`<li>
    <a class="name" href="/invoice/${id}">${number ?? "Draft"}</a>
    <span class="amount">${formatMoney(amount_due, currency)}, ${status}</span>
  </li>`;
}
