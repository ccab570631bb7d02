import { html } from "hono/html";
import { CARDS } from "./billing/cards.ts";
import type { Context } from "./context.ts";
import { formatMoney } from "./money.ts";
import type { CheckoutRecord, WireLineItem } from "./resources/checkout_sessions.ts";

// What is bought, and what can be done about it.
export function openPage(ctx: Context, record: CheckoutRecord, problem?: string) {
  const { session, line_items, subscription } = record;
  const currency = session.currency ?? "usd";
  const total = formatMoney(session.amount_total ?? 0, currency);
  const email = session.customer_details?.email ?? "";
  const recurs = session.mode === "subscription";
  const trial = subscription.trialDays;
  const pay = trial > 0 ? "Start the trial" : recurs ? `Subscribe for ${total}` : `Pay ${total}`;
  return html`<h1>Checkout</h1>
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : ""}
    <ul class="items">
      ${line_items.data.map((item) => itemView(ctx, item))}
    </ul>
    ${trial > 0 ? html`<p class="note">${trial} days free, then as above.</p>` : ""}
    <p class="total">
      <span>Total due today</span>
      <span><strong>${total}</strong> <abbr>${currency.toUpperCase()}</abbr></span>
    </p>
    <form method="post">
      <label for="email">Email for the receipt</label>
      <input id="email" name="email" type="email" autocomplete="email" value="${email}" />
      ${cardChoice()}
      <button class="button" name="action" value="pay">${pay}</button>
      ${recurs ? "" : payLaterButton()}
      <button class="button plain" name="action" value="cancel" formnovalidate>Cancel</button>
    </form>`;
}

export function cardChoice() {
  return html`<label for="card">Card</label>
    <select id="card" name="card">
      ${Object.entries(CARDS).map(
        ([name, { last4, name: text }]) =>
          html`<option value="${name}">•••• ${last4}: ${text}</option>`,
      )}
    </select>`;
}

function payLaterButton() {
  return html`<button class="button second" name="action" value="later" aria-describedby="later-note">
      Pay later (delayed method)
    </button>
    <p class="note" id="later-note">
      Like a bank debit: the order is complete now, the money arrives or bounces afterwards.
    </p>`;
}

function itemView(ctx: Context, item: WireLineItem) {
  const product = ctx.store.get("products", String(item.price.product));
  const each = formatMoney(item.price.unit_amount ?? 0, item.currency);
  const quantity = item.quantity ?? 1;
  return html`<li>
    <div>
      <span class="name">${item.description}</span>
      ${product?.description ? html`<span class="note">${product.description}</span>` : ""}
      ${quantity > 1 ? html`<span class="note">${quantity} × ${each}</span>` : ""}
    </div>
    <span class="amount">
      ${formatMoney(item.amount_total, item.currency)}${rhythm(item.price.recurring)}
    </span>
  </li>`;
}

// " a month", " every 3 months".
export function rhythm(every: { interval: string; interval_count: number } | null) {
  if (!every) return "";
  const { interval, interval_count: count } = every;
  return count === 1 ? ` a ${interval}` : ` every ${count} ${interval}s`;
}

// A delayed payment, before and after it bounced.
export function waitingPage(onItsWay: boolean, back: string) {
  if (!onItsWay) {
    return html`<h1>The payment failed</h1>
      <p class="lead">The bank returned it. Nothing was charged.</p>
      <a class="button" href="${back}">Back to the shop</a>`;
  }
  return html`<h1>The money is on its way</h1>
    <p class="lead">With a real bank this takes days. Here you decide how it ends.</p>
    <form method="post">
      <button class="button" name="action" value="arrive">The money arrives</button>
      <button class="button second" name="action" value="bounce">The payment fails</button>
    </form>
    <a class="button plain" href="${back}">Back to the shop</a>`;
}
