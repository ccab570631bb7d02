import type Stripe from "stripe";
import { z } from "zod";
import { Routes } from "../api.ts";
import { type Context, NO_REQUEST } from "../context.ts";
import { invalid, missing } from "../errors.ts";
import { newId } from "../ids.ts";
import { page } from "../list.ts";
import { expand, listParams, text } from "../params.ts";
import { chargeById } from "./charges.ts";
import { newDispute } from "./new_dispute.ts";
import { paymentIntentById } from "./payment_intents.ts";

const base = "/v1/disputes";
const OPEN = ["needs_response", "under_review", "warning_needs_response", "warning_under_review"];

export const openSchema = z.strictObject({
  charge: z.string().optional(),
  payment_intent: z.string().optional(),
  amount: z.int().min(1).optional(),
  reason: z.string().default("fraudulent"),
  // An inquiry (warning_…) moves no money yet.
  status: z.enum(["needs_response", "warning_needs_response"]).default("needs_response"),
});

export const closeSchema = z.strictObject({ status: z.enum(["won", "lost", "warning_closed"]) });

export function disputeRoutes(ctx: Context) {
  const routes = new Routes(ctx);

  routes.get(`${base}/:id`, z.strictObject({ expand }), (_, __, { id }) => disputeById(ctx, id));

  const listSchema = z.strictObject({
    ...listParams,
    charge: text.optional(),
    payment_intent: text.optional(),
  });
  routes.get(base, listSchema, (_, params) => {
    const rows = ctx.store
      .all("disputes")
      .filter((each) => params.charge === undefined || each.charge === params.charge)
      .filter(
        (each) =>
          params.payment_intent === undefined || each.payment_intent === params.payment_intent,
      );
    return page(base, "dispute", rows, params);
  });

  return routes.app;
}

function disputeById(ctx: Context, id: string): Stripe.Dispute {
  const dispute = ctx.store.get("disputes", id);
  if (!dispute) throw missing("dispute", id);
  return dispute;
}

// A cardholder disputes a charge at their bank.
export function openDispute(ctx: Context, given: z.output<typeof openSchema>): Stripe.Dispute {
  const intent = given.payment_intent ? paymentIntentById(ctx, given.payment_intent) : undefined;
  const charge = chargeById(ctx, given.charge ?? String(intent?.latest_charge));
  const { reason, status, amount = charge.amount } = given;
  const id = newId("dispute");
  const dispute = newDispute(ctx, charge, { id, amount, reason, status });
  ctx.store.put("disputes", id, dispute);
  ctx.change("charge.updated", charge, NO_REQUEST, (each) => {
    each.disputed = true;
  });
  ctx.store.put("charges", charge.id, charge);
  ctx.emit("charge.dispute.created", dispute);
  if (status === "needs_response") ctx.emit("charge.dispute.funds_withdrawn", dispute);
  return dispute;
}

// The bank decides.
export function closeDispute(
  ctx: Context,
  id: string,
  { status }: z.output<typeof closeSchema>,
): Stripe.Dispute {
  const dispute = disputeById(ctx, id);
  const inquiry = dispute.status.startsWith("warning_");
  if (!OPEN.includes(dispute.status) || inquiry !== (status === "warning_closed")) {
    throw invalid(`A dispute that is ${dispute.status} cannot become ${status}.`);
  }
  const before = dispute.status;
  dispute.status = status;
  ctx.store.put("disputes", id, dispute);
  ctx.emit("charge.dispute.closed", dispute, NO_REQUEST, { status: before });
  if (status === "won") ctx.emit("charge.dispute.funds_reinstated", dispute);
  return dispute;
}
