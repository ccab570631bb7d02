import type { Cause, Context } from "../context.ts";
import { applyPending } from "./change.ts";
import { pay, subscriptionOf } from "./subscription.ts";
import type { WireInvoice } from "./wire.ts";

// Pays an invoice; a change of the subscription that waited for it happens then.
export function payInvoice(
  ctx: Context,
  invoice: WireInvoice,
  how: Parameters<typeof pay>[2],
  cause: Cause,
): boolean {
  const paid = pay(ctx, invoice, how, cause);
  const id = String(invoice.parent?.subscription_details?.subscription);
  const record = subscriptionOf(ctx, id);
  if (paid && record.pendingInvoice === invoice.id) applyPending(ctx, record, cause);
  return paid;
}
