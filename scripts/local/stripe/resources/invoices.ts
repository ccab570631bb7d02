import { z } from "zod";
import { Routes } from "../api.ts";
import { finalize, invoiceById, markUncollectible, voidInvoice } from "../billing/invoice.ts";
import { payInvoice } from "../billing/pay_invoice.ts";
import type { Context } from "../context.ts";
import { invalid, missing, StripeApiError } from "../errors.ts";
import { list, page } from "../list.ts";
import { expand, flag, listParams, text } from "../params.ts";
import { paymentMethodById } from "./payment_methods.ts";

const base = "/v1/invoices";

const listSchema = z.strictObject({
  ...listParams,
  customer: text.optional(),
  status: z.enum(["draft", "open", "paid", "uncollectible", "void"]).optional(),
  subscription: text.optional(),
});

export function invoiceRoutes(ctx: Context) {
  const routes = new Routes(ctx);
  const plain = z.strictObject({ expand });

  routes.get(`${base}/:id`, plain, (_, __, { id }) => invoiceById(ctx, id));

  routes.get(`${base}/:id/lines`, z.strictObject(listParams), (_, params, { id }) => {
    const { data, url } = invoiceById(ctx, id).lines;
    const rows = data.map((line, index) => ({ ...line, created: -index }));
    const found = page(url, "line_item", rows.toReversed(), params);
    return list(
      url,
      found.data.map(({ created: _, ...line }) => line),
      found.has_more,
    );
  });

  const paySchema = z.strictObject({
    expand,
    off_session: flag.optional(),
    payment_method: text.optional(),
  });
  routes.post(`${base}/:id/pay`, paySchema, (_, params, { id, cause }) => {
    const invoice = invoiceById(ctx, id);
    if (invoice.status === "draft") finalize(ctx, invoice, cause);
    const method = params.payment_method
      ? paymentMethodById(ctx, params.payment_method, "payment_method")
      : undefined;
    // Off-session is Stripe's default here.
    const how = { offSession: params.off_session ?? true, method };
    if (!payInvoice(ctx, invoice, how, cause)) {
      throw new StripeApiError(402, "Your card was declined.", {
        type: "card_error",
        code: "card_declined",
      });
    }
    return invoice;
  });

  routes.post(`${base}/:id/finalize`, plain, (_, __, { id, cause }) => {
    const invoice = invoiceById(ctx, id);
    if (invoice.status !== "draft") throw invalid(`The invoice is ${invoice.status}.`, "id");
    finalize(ctx, invoice, cause);
    return invoice;
  });

  routes.post(`${base}/:id/void`, plain, (_, __, { id, cause }) =>
    voidInvoice(ctx, invoiceById(ctx, id), cause),
  );

  routes.post(`${base}/:id/mark_uncollectible`, plain, (_, __, { id, cause }) =>
    markUncollectible(ctx, invoiceById(ctx, id), cause),
  );

  routes.get(base, listSchema, (_, params) => {
    const rows = ctx.store
      .all("invoices")
      .filter((each) => params.customer === undefined || each.customer === params.customer)
      .filter((each) => params.status === undefined || each.status === params.status)
      .filter(
        ({ parent }) =>
          params.subscription === undefined ||
          parent?.subscription_details?.subscription === params.subscription,
      );
    return page(base, "invoice", rows, params);
  });

  routes.get("/v1/invoice_payments/:id", plain, (_, __, { id }) => {
    const payment = ctx.store.get("invoicePayments", id);
    if (!payment) throw missing("invoice_payment", id);
    return payment;
  });

  const paymentsSchema = z.strictObject({
    ...listParams,
    invoice: text.optional(),
    payment: z.strictObject({ payment_intent: text, type: z.enum(["payment_intent"]) }).optional(),
  });
  routes.get("/v1/invoice_payments", paymentsSchema, (_, params) => {
    const { invoice, payment } = params;
    const rows = ctx.store
      .all("invoicePayments")
      .filter((each) => invoice === undefined || each.invoice === invoice)
      .filter((each) => !payment || each.payment.payment_intent === payment.payment_intent);
    return page("/v1/invoice_payments", "invoice_payment", rows, params);
  });

  return routes.app;
}
