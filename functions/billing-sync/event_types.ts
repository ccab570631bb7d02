// What the inbox reads. The webhook endpoint at Stripe is to send these (docs/deploy.md), and the
// daily comparison asks for them, as many at a time as Stripe takes.
export const EVENT_TYPES = [
  "charge.dispute.closed",
  "charge.dispute.created",
  "charge.dispute.funds_reinstated",
  "charge.dispute.funds_withdrawn",
  "charge.dispute.updated",
  "charge.refund.updated",
  "charge.refunded",
  "charge.succeeded",
  "charge.updated",
  "checkout.session.async_payment_failed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.completed",
  "checkout.session.expired",
  "customer.created",
  "customer.deleted",
  "customer.subscription.created",
  "customer.subscription.deleted",
  "customer.subscription.paused",
  "customer.subscription.pending_update_applied",
  "customer.subscription.pending_update_expired",
  "customer.subscription.resumed",
  "customer.subscription.trial_will_end",
  "customer.subscription.updated",
  "customer.updated",
  "invoice.created",
  "invoice.deleted",
  "invoice.finalized",
  "invoice.marked_uncollectible",
  "invoice.paid",
  "invoice.payment_action_required",
  "invoice.payment_failed",
  "invoice.updated",
  "invoice.voided",
  "invoice_payment.paid",
  "payment_intent.payment_failed",
  "payment_intent.succeeded",
  "payment_method.attached",
  "payment_method.detached",
  "price.created",
  "price.deleted",
  "price.updated",
  "product.created",
  "product.deleted",
  "product.updated",
  "refund.created",
  "refund.failed",
  "refund.updated",
] as const;

const STRIPE_TAKES = 20;

export function eventTypeGroups(): string[][] {
  const groups: string[][] = [];
  for (let at = 0; at < EVENT_TYPES.length; at += STRIPE_TAKES) {
    groups.push(EVENT_TYPES.slice(at, at + STRIPE_TAKES));
  }
  return groups;
}
