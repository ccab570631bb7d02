import type { Context } from "../context.ts";
import { NO_REQUEST } from "../context.ts";
import { expireSession } from "../payment.ts";
import { expirePending } from "./change.ts";
import { finalize } from "./invoice.ts";
import { payInvoice } from "./pay_invoice.ts";
import { isLive, renew, tellTrialEnd } from "./subscription.ts";
import type { SubscriptionRecord, WireInvoice } from "./wire.ts";

const TOLD_BEFORE_TRIAL_END = 3 * 86_400;
// A year of renewals is some hundred; more in one go is a mistake of the emulator.
const MAX_STEPS = 100_000;

interface Due {
  at: number;
  run: () => void;
}

// Does everything that has become due, in its order and each as at its own time.
export function runDue(ctx: Context): void {
  for (let steps = 0; ; steps += 1) {
    const next = earliest(allDue(ctx), ctx.now());
    if (!next) return;
    if (steps === MAX_STEPS) throw new Error("The emulator's clock does not come to an end.");
    ctx.at(next.at, next.run);
  }
}

function earliest(due: Due[], now: number): Due | undefined {
  let first: Due | undefined;
  for (const each of due) {
    if (each.at <= now && (!first || each.at < first.at)) first = each;
  }
  return first;
}

function allDue(ctx: Context): Due[] {
  const { store } = ctx;
  return [
    ...store.all("checkouts").flatMap(({ session, ...record }) =>
      session.status === "open"
        ? [
            {
              at: session.expires_at,
              run: () => void expireSession(ctx, { session, ...record }, NO_REQUEST),
            },
          ]
        : [],
    ),
    ...store.all("invoices").flatMap((invoice) => dueOfInvoice(ctx, invoice)),
    ...store.all("subscriptions").flatMap((record) => dueOfSubscription(ctx, record)),
  ];
}

function dueOfInvoice(ctx: Context, invoice: WireInvoice): Due[] {
  const { automatically_finalizes_at: finalizes, next_payment_attempt: retries, status } = invoice;
  if (status === "draft" && finalizes !== null) {
    return [
      {
        at: finalizes,
        run: () => {
          finalize(ctx, invoice, NO_REQUEST);
          payInvoice(ctx, invoice, { offSession: true }, NO_REQUEST);
        },
      },
    ];
  }
  if (status !== "open" || retries === null) return [];
  return [
    { at: retries, run: () => void payInvoice(ctx, invoice, { offSession: true }, NO_REQUEST) },
  ];
}

function dueOfSubscription(ctx: Context, record: SubscriptionRecord): Due[] {
  const { subscription } = record;
  if (!isLive(subscription)) return [];
  const { created, items, pending_update: pending, status, trial_end: trialEnd } = subscription;
  const due: Due[] = [];
  if (status === "trialing" && trialEnd !== null && !record.toldTrialEnd) {
    const at = Math.max(trialEnd - TOLD_BEFORE_TRIAL_END, created);
    due.push({ at, run: () => tellTrialEnd(ctx, record) });
  }
  if (pending) {
    const invoice = ctx.store.get("invoices", record.pendingInvoice ?? "");
    const run = () => expirePending(ctx, record, invoice, NO_REQUEST);
    due.push({ at: pending.expires_at, run });
  }
  const ends = Math.min(...items.data.map((item) => item.current_period_end));
  due.push({ at: ends, run: () => renew(ctx, record) });
  return due;
}
