import {
  type ChargeSpec,
  chargeOf,
  customerOf,
  disputeOf,
  type Generation,
  intentOf,
  invoiceOf,
  invoicePaymentOf,
  isNew,
  itemsOf,
  type LineSpec,
  type Period,
  priceOf,
  productOf,
  refundOf,
  sessionOf,
  subscriptionOf,
  type Thing,
} from "./objects.ts";
import { Recorder, type StripeEvent } from "./recorder.ts";

const DAY = 86_400;

export type YearSpec = {
  /** Makes all ids of the year its own. */
  prefix: string;
  userId: string;
  generation: Generation;
  /** Seconds; the year's last periods reach beyond it. */
  now: number;
  /** Three checkouts of the user, of 999 cents each. */
  checkouts: [string, string, string];
};

function addMonths(at: number, months: number): number {
  const date = new Date(at * 1000);
  date.setUTCMonth(date.getUTCMonth() + months);
  return Math.floor(date.getTime() / 1000);
}

type Paid = { invoice: Thing; charge: ChargeSpec; object: Thing };

/** The events of one customer's year, in the order in which they happened. */
export function recordYear(spec: YearSpec): StripeEvent[] {
  const recorder = new Recorder(spec.prefix, spec.generation);
  new Year(recorder, spec).record();
  return recorder.events;
}

class Year {
  private readonly customer: string;
  private readonly prices: Record<"basic" | "pro" | "annual", Thing>;
  private count = 0;

  constructor(
    private readonly r: Recorder,
    private readonly spec: YearSpec,
  ) {
    const start = this.at(-400);
    const price = (code: string, amount: number, interval: "month" | "year"): Thing =>
      priceOf(
        {
          id: r.id(`price_${code}`),
          product: r.id(`prod_${code}`),
          amount,
          interval,
          code: { plan_code: r.id(code) },
        },
        start,
      );
    this.customer = r.id("cus");
    this.prices = {
      basic: price("basic", 1000, "month"),
      pro: price("pro", 3000, "month"),
      annual: price("annual", 12000, "year"),
    };
  }

  record(): void {
    this.catalogue();
    this.signUp();
    this.firstSubscription();
    this.packages();
    this.secondSubscription();
    this.endedYear();
    this.runningYear();
  }

  /** So many days from now. */
  private at(days: number): number {
    return this.spec.now + Math.round(days * DAY);
  }

  private catalogue(): void {
    const at = this.at(-400);
    for (const price of Object.values(this.prices)) {
      const product = productOf(price.product as string, "A plan", at);
      this.r.emit("product.created", at, product);
      this.r.change("product.updated", at, product, { name: `Plan ${price.product}` });
      this.r.change("product.updated", at, product, { description: "Credits", updated: at + 1 });
      this.r.emit("price.created", at, price);
      this.r.change("price.updated", at + 60, price, { nickname: "A price" });
    }
    const old = productOf(this.r.id("prod_old"), "Sold no more", at);
    this.r.emit("product.created", at, old);
    this.r.change("product.updated", at + 60, old, { active: false });
    this.r.emit("product.deleted", at + 60, old);
  }

  private signUp(): void {
    const customer = customerOf(this.customer, this.at(-390), this.spec.userId);
    this.r.emit("customer.created", this.at(-390), customer);
    this.r.change("customer.updated", this.at(-390), customer, {
      invoice_settings: { ...(customer.invoice_settings as Thing), default_payment_method: "pm_1" },
    });
  }

  /** A paid invoice with all that Stripe sends about it; later, when the first attempt failed. */
  private pay(
    subscription: Thing,
    at: number,
    reason: string,
    lines: LineSpec[],
    late?: { at: number; failed: () => void },
  ): Paid {
    const { r } = this;
    this.count += 1;
    const id = r.id(`in_${this.count}`);
    const invoice = invoiceOf(this.spec.generation, {
      id,
      customer: this.customer,
      subscription: subscription.id as string,
      metadata: subscription.metadata as Thing,
      reason,
      created: at,
      lines,
    });
    const amount = invoice.total as number;
    r.emit("invoice.created", at, invoice);
    // A renewal's invoice is a draft for an hour.
    const finalized = reason === "subscription_cycle" ? at + 3600 : at;
    r.change("invoice.finalized", finalized, invoice, {
      status: "open",
      number: `A-${this.count}`,
      next_payment_attempt: null,
      hosted_invoice_url: `https://invoice.example/${id}`,
      status_transitions: { ...(invoice.status_transitions as Thing), finalized_at: finalized },
    });
    delete r.events.at(-1)?.data.previous_attributes;
    if (late) {
      const attempt: Thing = {
        attempt_count: 1,
        attempted: true,
        next_payment_attempt: at + 3 * DAY,
      };
      r.change("invoice.updated", finalized, invoice, attempt);
      r.emit("invoice.payment_failed", finalized, invoice);
      late.failed();
    }
    const paidAt = late?.at ?? finalized;
    const charge: ChargeSpec = {
      id: r.id(`ch_${this.count}`),
      intent: r.id(`pi_${this.count}`),
      customer: this.customer,
      amount,
      created: paidAt,
      invoice: id,
    };
    const object = chargeOf(this.spec.generation, charge);
    if (amount > 0) {
      r.emit("charge.succeeded", paidAt, object);
      r.emit("payment_intent.succeeded", paidAt, intentOf(this.spec.generation, charge));
    }
    r.change("invoice.paid", paidAt, invoice, {
      status: "paid",
      amount_paid: amount,
      amount_remaining: 0,
      attempted: true,
      attempt_count: (invoice.attempt_count as number) + 1,
      next_payment_attempt: null,
      ...(isNew(this.spec.generation) || amount === 0
        ? {}
        : { payment_intent: charge.intent, charge: charge.id }),
    });
    delete r.events.at(-1)?.data.previous_attributes;
    r.emit("invoice.payment_succeeded", paidAt, invoice);
    if (isNew(this.spec.generation) && amount > 0) {
      r.emit(
        "invoice_payment.paid",
        paidAt,
        invoicePaymentOf(r.id(`inpay_${this.count}`), id, charge.intent, paidAt),
      );
    }
    r.change("invoice.updated", paidAt + 5, invoice, {
      invoice_pdf: `https://invoice.example/${id}.pdf`,
    });
    return { invoice, charge, object };
  }

  private refund(paid: Paid, name: string, at: number, amount: number, fails: boolean): void {
    const { r } = this;
    const refund = refundOf({
      id: r.id(`re_${name}`),
      charge: paid.charge,
      amount,
      created: at,
      status: fails ? "pending" : "succeeded",
    });
    const before = paid.object.amount_refunded as number;
    const embed = (): Thing => {
      if (isNew(this.spec.generation)) return {};
      const list = paid.object.refunds as Thing & { data: Thing[] };
      const others = list.data.filter((each) => each.id !== refund.id);
      return { refunds: { ...list, data: [structuredClone(refund), ...others] } };
    };
    r.emit("refund.created", at, refund);
    r.change("charge.refunded", at, paid.object, { amount_refunded: before + amount, ...embed() });
    if (!fails) return;
    r.change("refund.updated", at + 60, refund, { status: "succeeded" });
    r.change("refund.failed", at + DAY, refund, { status: "failed", failure_reason: "unknown" });
    // Before, the charge counted it no longer; now it does.
    if (!isNew(this.spec.generation)) {
      r.change("charge.updated", at + DAY, paid.object, { amount_refunded: before, ...embed() });
    }
  }

  private dispute(paid: Paid, name: string, at: number, result: "won" | "lost"): void {
    const { r } = this;
    const dispute = disputeOf(r.id(`dp_${name}`), paid.charge, at, "needs_response");
    r.emit("charge.dispute.created", at, dispute);
    r.change("charge.dispute.funds_withdrawn", at, dispute, { balance_transactions: ["txn_1"] });
    r.change("charge.updated", at, paid.object, { disputed: true });
    r.change("charge.dispute.updated", at + DAY / 4, dispute, { status: "under_review" });
    r.change("charge.dispute.closed", at + DAY / 2, dispute, { status: result });
    if (result === "won") r.emit("charge.dispute.funds_reinstated", at + DAY / 2, dispute);
  }

  /** Moves a subscription's period, where its generation has it. */
  private period(subscription: Thing, period: Period, price: Thing): Thing {
    const items = itemsOf(this.spec.generation, {
      id: subscription.id as string,
      customer: this.customer,
      price,
      status: "",
      period,
      created: subscription.created as number,
    });
    return isNew(this.spec.generation)
      ? { items }
      : { items, current_period_start: period.start, current_period_end: period.end };
  }

  /** A trial, months of all kinds, and a cancelled end. */
  private firstSubscription(): void {
    const { r } = this;
    const { basic, pro } = this.prices;
    const first = addMonths(this.at(-10), -12);
    const month = (n: number): Period => ({
      start: addMonths(first, n),
      end: addMonths(first, n + 1),
    });
    const trial: Period = { start: first - 14 * DAY, end: first };
    const sub = subscriptionOf(this.spec.generation, {
      id: r.id("sub_1"),
      customer: this.customer,
      price: basic,
      status: "incomplete",
      period: trial,
      created: trial.start,
      trial,
      metadata: { user_id: this.spec.userId },
    });
    const renew = (n: number, price: Thing, patch: Thing = {}): Paid => {
      const period = month(n);
      r.change("customer.subscription.updated", period.start, sub, {
        ...this.period(sub, period, price),
        ...patch,
      });
      return this.pay(sub, period.start, "subscription_cycle", [
        { price, amount: price.unit_amount as number, period },
      ]);
    };

    r.emit("customer.subscription.created", trial.start, sub);
    r.change("customer.subscription.updated", trial.start, sub, { status: "trialing" });
    this.pay(sub, trial.start, "subscription_create", [{ price: basic, amount: 0, period: trial }]);
    r.change("customer.subscription.updated", trial.start, sub, { latest_invoice: r.id("in_1") });
    r.emit(
      "checkout.session.completed",
      trial.start,
      sessionOf({
        id: r.id("cs_sub"),
        mode: "subscription",
        customer: this.customer,
        created: trial.start,
        amount: 0,
        subscription: sub.id as string,
        invoice: r.id("in_1"),
        metadata: { user_id: this.spec.userId },
      }),
    );
    r.emit("customer.subscription.trial_will_end", trial.end - 3 * DAY, sub);

    renew(0, basic, { status: "active" });
    renew(1, basic);
    // An upgrade at once: the rest of the month on pro, less the rest on basic.
    const upgradeAt = month(1).start + 10 * DAY;
    const rest: Period = { start: upgradeAt, end: month(1).end };
    const share = (rest.end - rest.start) / (month(1).end - month(1).start);
    r.change("customer.subscription.updated", upgradeAt, sub, this.period(sub, month(1), pro));
    this.pay(sub, upgradeAt, "subscription_update", [
      { price: basic, amount: -Math.round(1000 * share), period: rest, proration: true },
      { price: pro, amount: Math.round(3000 * share), period: rest, proration: true },
    ]);
    const refunded = renew(2, pro);
    this.refund(refunded, "a", month(2).start + 5 * DAY, 1000, false);
    this.refund(refunded, "b", month(2).start + 6 * DAY, 500, true);
    this.refund(refunded, "c", month(2).start + 9 * DAY, 750, false);
    // A downgrade at the period's end, by a schedule.
    renew(3, pro);
    r.change("customer.subscription.updated", month(3).start + 10 * DAY, sub, {
      schedule: r.id("sub_sched"),
    });
    renew(4, basic, { schedule: null });
    // A renewal that fails and is made good three days later.
    const failing = month(5);
    r.change("customer.subscription.updated", failing.start, sub, this.period(sub, failing, basic));
    const late = failing.start + 3 * DAY;
    this.pay(
      sub,
      failing.start,
      "subscription_cycle",
      [{ price: basic, amount: 1000, period: failing }],
      {
        at: late,
        failed: () =>
          r.change("customer.subscription.updated", failing.start + 3600, sub, {
            status: "past_due",
          }),
      },
    );
    r.change("customer.subscription.updated", late, sub, { status: "active" });
    this.dispute(renew(6, basic), "won", month(6).start + 5 * DAY, "won");
    this.dispute(renew(7, basic), "lost", month(7).start + 5 * DAY, "lost");
    const last = renew(8, basic);
    this.refund(last, "d", month(8).start + 2 * DAY, 1000, false);
    // Cancelled, resumed and cancelled again, twice within a second.
    const at = month(8).start + 3 * DAY;
    r.change("customer.subscription.updated", at, sub, {
      cancel_at_period_end: true,
      canceled_at: at,
      cancel_at: month(8).end,
    });
    r.change("customer.subscription.updated", at, sub, {
      metadata: { ...(sub.metadata as Thing), note: "asked why" },
    });
    r.change("customer.subscription.updated", at + 1, sub, {
      cancel_at_period_end: false,
      canceled_at: null,
      cancel_at: null,
    });
    r.change("customer.subscription.updated", at + 60, sub, {
      cancel_at_period_end: true,
      canceled_at: at + 60,
      cancel_at: month(8).end,
    });
    r.change("customer.subscription.deleted", month(8).end, sub, {
      status: "canceled",
      ended_at: month(8).end,
    });
    delete r.events.at(-1)?.data.previous_attributes;
  }

  /** Three packages: one refunded in part and then more, one disputed and kept, one lost. */
  private packages(): void {
    const { r } = this;
    const bought = this.spec.checkouts.map((checkout, n): Paid => {
      const at = this.at(-120 + n * 10);
      const metadata = { checkout_id: checkout, user_id: this.spec.userId };
      const charge: ChargeSpec = {
        id: r.id(`ch_p${n}`),
        intent: r.id(`pi_p${n}`),
        customer: this.customer,
        amount: 999,
        created: at,
        metadata,
      };
      const object = chargeOf(this.spec.generation, charge);
      r.emit("charge.succeeded", at, object);
      r.emit("payment_intent.succeeded", at, intentOf(this.spec.generation, charge));
      r.emit(
        "checkout.session.completed",
        at,
        sessionOf({
          id: r.id(`cs_p${n}`),
          mode: "payment",
          customer: this.customer,
          created: at,
          amount: 999,
          intent: charge.intent,
          metadata,
        }),
      );
      return { invoice: {}, charge, object };
    });
    const [partly, kept, lost] = bought as [Paid, Paid, Paid];
    this.refund(partly, "p1", this.at(-115), 100, false);
    this.refund(partly, "p2", this.at(-114), 399, false);
    this.refund(partly, "p3", this.at(-113), 500, true);
    this.dispute(kept, "p1", this.at(-100), "won");
    this.refund(lost, "p4", this.at(-99), 300, false);
    this.dispute(lost, "p2", this.at(-90), "lost");
  }

  /** Runs until twenty days from now: its lots live. */
  private secondSubscription(): void {
    const { r } = this;
    const { basic, pro } = this.prices;
    const start = addMonths(this.at(-10), -1);
    const month = (n: number): Period => ({
      start: addMonths(start, n),
      end: addMonths(start, n + 1),
    });
    const sub = subscriptionOf(this.spec.generation, {
      id: r.id("sub_2"),
      customer: this.customer,
      price: basic,
      status: "active",
      period: month(0),
      created: start,
    });
    r.emit("customer.subscription.created", start, sub);
    this.pay(sub, start, "subscription_create", [{ price: basic, amount: 1000, period: month(0) }]);
    r.change(
      "customer.subscription.updated",
      month(1).start,
      sub,
      this.period(sub, month(1), basic),
    );
    const renewed = this.pay(sub, month(1).start, "subscription_cycle", [
      { price: basic, amount: 1000, period: month(1) },
    ]);
    this.refund(renewed, "e", this.at(-8), 250, false);
    this.refund(renewed, "f", this.at(-7), 250, true);
    this.dispute(renewed, "live", this.at(-6), "won");
    const rest: Period = { start: this.at(-5), end: month(1).end };
    const share = (rest.end - rest.start) / (month(1).end - month(1).start);
    r.change("customer.subscription.updated", rest.start, sub, this.period(sub, month(1), pro));
    const upgraded = this.pay(sub, rest.start, "subscription_update", [
      { price: basic, amount: -Math.round(1000 * share), period: rest, proration: true },
      { price: pro, amount: Math.round(3000 * share), period: rest, proration: true },
    ]);
    this.refund(upgraded, "g", this.at(-4), 300, false);
    this.dispute(upgraded, "gone", this.at(-3), "lost");
  }

  /** A year that is granted by the month, cancelled after three of them and refunded. */
  private endedYear(): void {
    const { annual } = this.prices;
    const start = addMonths(this.at(-12), -7);
    const { sub, paid } = this.year("sub_3", start);
    const end = addMonths(start, 3) - 2 * DAY;
    this.refund(paid, "y", end, 6000, false);
    this.r.change("customer.subscription.deleted", end, sub, {
      status: "canceled",
      ended_at: end,
      canceled_at: end,
    });
    delete this.r.events.at(-1)?.data.previous_attributes;
    if ((annual.unit_amount as number) !== paid.charge.amount)
      throw new Error("the year is not paid whole");
  }

  private runningYear(): void {
    this.year("sub_4", addMonths(this.at(-15), -2));
  }

  private year(name: string, start: number): { sub: Thing; paid: Paid } {
    const { annual } = this.prices;
    const period: Period = { start, end: addMonths(start, 12) };
    const sub = subscriptionOf(this.spec.generation, {
      id: this.r.id(name),
      customer: this.customer,
      price: annual,
      status: "active",
      period,
      created: start,
    });
    this.r.emit("customer.subscription.created", start, sub);
    const paid = this.pay(sub, start, "subscription_create", [
      { price: annual, amount: 12000, period },
    ]);
    return { sub, paid };
  }
}
