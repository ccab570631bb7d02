import { Hono } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { CARD_NAMES } from "./billing/cards.ts";
import { invoiceById } from "./billing/invoice.ts";
import { payInvoice } from "./billing/pay_invoice.ts";
import type { WireInvoice } from "./billing/wire.ts";
import { type Context, NO_REQUEST } from "./context.ts";
import { StripeApiError } from "./errors.ts";
import { formatMoney } from "./money.ts";
import { document } from "./page_document.ts";
import { cardChoice } from "./page_views.ts";
import { attach, createCard } from "./resources/payment_methods.ts";

const formSchema = z.object({ card: z.enum(CARD_NAMES) });

// The hosted page of an invoice, where an open one is paid.
export function invoicePages(ctx: Context): Hono {
  const pages = new Hono();

  pages.get("/invoice/:id", (c) => c.html(view(invoiceById(ctx, c.req.param("id")))));

  pages.post("/invoice/:id", async (c) => {
    const invoice = invoiceById(ctx, c.req.param("id"));
    const parsed = formSchema.safeParse(await c.req.parseBody());
    if (!parsed.success) throw new StripeApiError(400, "This form is not known.");
    if (invoice.status !== "open") return c.redirect(c.req.path, 303);
    const method = createCard(ctx, parsed.data.card);
    attach(ctx, method, invoice.customer, NO_REQUEST);
    const paid = payInvoice(ctx, invoice, { offSession: false, method }, NO_REQUEST);
    if (paid) return c.redirect(c.req.path, 303);
    return c.html(view(invoice, "Your card was declined."), 402);
  });

  return pages;
}

function view(invoice: WireInvoice, problem?: string) {
  const { currency, lines, number, status } = invoice;
  const body = html`<h1>Invoice ${number ?? ""}</h1>
    <p class="lead">${status}</p>
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : ""}
    <ul class="items">
      ${lines.data.map(
        (line) => html`<li>
          <span class="name">${line.description}</span>
          <span class="amount">${formatMoney(line.amount, currency)}</span>
        </li>`,
      )}
    </ul>
    <p class="total">
      <span>Amount due</span>
      <span><strong>${formatMoney(invoice.amount_remaining, currency)}</strong></span>
    </p>
    ${
      status === "open"
        ? html`<form method="post">
          ${cardChoice()}
          <button class="button">Pay</button>
        </form>`
        : ""
    }`;
  return document(`Invoice ${number ?? ""}`, body);
}
