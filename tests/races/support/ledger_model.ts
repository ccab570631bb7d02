/**
 * The rules of the ledger once more, written for plainness and not for speed:
 * credits move one by one, balance and held are never kept but counted. Time is a
 * whole number of seconds. It shares no line with sql/platform/credits.
 */
export type Step = { at: number } & (
  | {
      op: "grant";
      amount: number;
      type: GrantType;
      expiresAt: number | null;
      key: string | null;
      /** Booked although it is over by now. */
      late: boolean;
      rollover: { cap: number; until: number } | null;
    }
  | { op: "spend"; amount: number; key: string | null }
  | { op: "hold"; amount: number; lasts: number; key: string | null }
  | { op: "capture"; hold: number; amount: number | null; final: boolean; key: string | null }
  | { op: "release"; hold: number }
  | { op: "expireHold"; hold: number }
  | { op: "sweep" }
  | { op: "reverse"; amount: number; type: ReverseType; lot: number | null; key: string | null }
  | { op: "freeze"; lot: number }
  | { op: "unfreeze"; lot: number }
  | { op: "giveBack"; lot: number; amount: number; fromLot: number; type: "refund" | "chargeback" }
  | { op: "endLot"; lot: number; endsAt: number }
  | { op: "moveExpiry"; lot: number; expiresAt: number }
  | { op: "voidLot"; lot: number }
  | { op: "close" }
);
export type GrantType =
  | "purchase"
  | "refund"
  | "bonus"
  | "monthly_reset"
  | "trial_grant"
  | "adjustment";
export type ReverseType = "refund" | "chargeback" | "adjustment";

export type Lot = {
  rank: number;
  expiresAt: number;
  frozen: boolean;
  granted: number;
  remaining: number;
  held: number;
  spent: number;
  expired: number;
  revoked: number;
  /** What may be carried over, once, and until when; then how much of it was not needed. */
  cap: number;
  until: number | null;
  /** What was held when it was carried over and still is; null before. */
  heldBefore: number | null;
};
export type Hold = {
  amount: number;
  status: "held" | "captured" | "released" | "expired";
  captured: number;
  expiresAt: number;
  /** The lot of each credit still held, in the order taken. */
  credits: number[];
  /** What the final capture took. */
  last: number | null;
};
export type Posting = { type: string; operation: string; amount: number };

/** Given credits burn before paid ones. */
const RANKS: Record<GrantType, number> = {
  trial_grant: 1,
  monthly_reset: 2,
  bonus: 3,
  refund: 4,
  adjustment: 4,
  purchase: 5,
};

class Refused extends Error {}
const refuse = (code: string): never => {
  throw new Refused(code);
};

type Books = {
  lots: Lot[];
  holds: Hold[];
  debt: number;
  closed: boolean;
  postings: Posting[];
  /** What each key was used for. */
  keys: Record<string, string>;
};

export class LedgerModel {
  books: Books = { lots: [], holds: [], debt: 0, closed: false, postings: [], keys: {} };

  get balance(): number {
    return sum(this.books.lots.filter((lot) => !lot.frozen).map((lot) => lot.remaining));
  }

  get held(): number {
    const frozen = this.books.lots.filter((lot) => lot.frozen).map((lot) => lot.remaining);
    return sum(frozen) + sum(this.books.holds.map((hold) => hold.credits.length));
  }

  /** Does the step, or leaves everything as it was and says why not. */
  apply(step: Step): string {
    const before = structuredClone(this.books);
    try {
      this.run(step);
      return "done";
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.books = before;
      return error.message;
    }
  }

  private run(step: Step): void {
    const { books } = this;
    if (step.op === "close") {
      // Only what is held comes back; nothing else is touched, so nothing expires.
      for (const hold of books.holds) {
        if (hold.status !== "held") continue;
        this.expireDue(step.at);
        this.end(hold, "released", step.at);
      }
      books.closed = true;
      return;
    }
    if (step.op === "capture" && !step.final && step.key === null) {
      refuse("PT400 idempotency_key_missing");
    }
    this.expireDue(step.at);
    switch (step.op) {
      case "grant": {
        if (this.repeated(step.key, `grant ${step.amount} ${step.type}`)) return;
        if (step.expiresAt !== null && step.expiresAt <= step.at && !step.late)
          refuse("PT400 expiry_in_the_past");
        this.grant(
          step.amount,
          step.type,
          step.expiresAt ?? Number.POSITIVE_INFINITY,
          step.rollover,
        );
        this.expireDue(step.at);
        return;
      }
      case "spend":
        if (this.repeated(step.key, `spend ${step.amount}`)) return;
        this.requireCredits(step.amount);
        for (let n = 0; n < step.amount; n++) this.burn("spent");
        this.post("usage", "spend", -step.amount);
        return;
      case "hold": {
        if (this.repeated(step.key, `hold ${step.amount}`)) return;
        this.requireCredits(step.amount);
        books.holds.push({
          amount: step.amount,
          status: "held",
          captured: 0,
          expiresAt: step.at + step.lasts,
          credits: Array.from({ length: step.amount }, () => this.burn("held")),
          last: null,
        });
        return;
      }
      case "capture":
        this.capture(step);
        return;
      case "release": {
        const hold = books.holds[step.hold] as Hold;
        if (hold.status === "captured") refuse("PT409 hold_already_captured");
        if (hold.status === "held") this.end(hold, "released", step.at);
        return;
      }
      case "expireHold": {
        const hold = books.holds[step.hold] as Hold;
        if (hold.status === "held" && hold.expiresAt <= step.at) this.end(hold, "expired", step.at);
        return;
      }
      case "reverse": {
        if (this.repeated(step.key, `reverse ${step.amount} ${step.type}`)) return;
        const own = step.lot === null ? undefined : books.lots[step.lot];
        const unused = Math.min(own?.expired ?? 0, step.amount);
        if (own && unused > 0) {
          own.expired -= unused;
          own.revoked += unused;
          this.post("expiration", "restore", unused);
        }
        for (let n = unused; n < step.amount; n++) {
          if (own && own.remaining > 0) {
            own.remaining -= 1;
            own.revoked += 1;
            if (own.heldBefore !== null) own.cap += 1;
          } else if (this.balance > 0) this.burn("revoked");
          else books.debt += 1;
        }
        this.post(step.type, "reverse", -step.amount);
        return;
      }
      case "giveBack":
        this.giveBack(step);
        return;
      case "endLot": {
        const lot = books.lots[step.lot] as Lot;
        lot.expiresAt = Math.min(lot.expiresAt, step.endsAt);
        if (lot.until !== null) lot.until = Math.min(lot.until, step.endsAt);
        this.expireDue(step.at);
        return;
      }
      case "moveExpiry": {
        const lot = books.lots[step.lot] as Lot;
        if (lot.expiresAt !== step.expiresAt && lot.expired > 0 && step.expiresAt > step.at) {
          this.post("expiration", "restore", lot.expired);
          for (; lot.expired > 0; lot.expired -= 1) {
            if (books.debt > 0) {
              books.debt -= 1;
              lot.spent += 1;
            } else lot.remaining += 1;
          }
        }
        lot.expiresAt = step.expiresAt;
        this.expireDue(step.at);
        return;
      }
      case "voidLot": {
        const lot = books.lots[step.lot] as Lot;
        const all = lot.remaining + lot.expired;
        if (lot.frozen || all === 0) return;
        if (lot.expired > 0) this.post("expiration", "restore", lot.expired);
        this.post("monthly_reset", "reverse", -all);
        lot.revoked += all;
        lot.remaining = 0;
        lot.expired = 0;
        return;
      }
      case "freeze":
        (books.lots[step.lot] as Lot).frozen = true;
        return;
      case "unfreeze": {
        const lot = books.lots[step.lot] as Lot;
        if (!lot.frozen) return;
        const repaid = Math.min(lot.remaining, books.debt);
        lot.remaining -= repaid;
        lot.spent += repaid;
        books.debt -= repaid;
        if (repaid > 0) this.post("adjustment", "repay", 0);
        lot.frozen = false;
        this.expireDue(step.at);
        return;
      }
      case "sweep":
        return;
    }
  }

  private grant(
    amount: number,
    type: GrantType,
    expiresAt: number,
    rollover: { cap: number; until: number } | null = null,
  ): void {
    const repaid = Math.min(amount, this.books.debt);
    this.books.debt -= repaid;
    this.books.lots.push({
      rank: RANKS[type],
      expiresAt,
      frozen: false,
      granted: amount,
      remaining: amount - repaid,
      held: 0,
      spent: repaid,
      expired: 0,
      revoked: 0,
      cap: rollover?.cap ?? 0,
      until: rollover?.until ?? null,
      heldBefore: null,
    });
    this.post(type, "grant", amount);
  }

  /** What had become debt or came from elsewhere is a lot of its own; what the lot gave comes back to it. */
  private giveBack(step: Step & { op: "giveBack" }): void {
    const lot = this.books.lots[step.lot] as Lot;
    const own = Math.min(step.amount, step.fromLot);
    if (step.amount > own) {
      this.grant(
        step.amount - own,
        step.type === "refund" ? "refund" : "adjustment",
        lot.expiresAt,
      );
      this.expireDue(step.at);
    }
    let expired = 0;
    if (own > 0) {
      this.carryOverEmpty(lot, step.at);
      for (let n = 0; n < own; n++) {
        lot.revoked -= 1;
        if (this.takeIn(lot, lot.heldBefore !== null, step.at) === "expired") expired += 1;
      }
      this.post(step.type, "restore", own);
      if (expired > 0) this.post("expiration", "expire", -expired);
    }
  }

  private capture(step: Step & { op: "capture" }): void {
    const hold = this.books.holds[step.hold] as Hold;
    const use = `capture ${step.hold}`;
    const used = step.key === null ? undefined : this.books.keys[step.key];
    if (used !== undefined) {
      // A repeated "all" means what the first call meant by it.
      if (used !== `${use} ${step.amount ?? used.split(" ")[2]}`) {
        refuse("PT409 idempotency_key_reused");
      }
      return;
    }
    if (hold.status !== "held") {
      const same = step.amount === null ? hold.captured === hold.amount : step.amount === hold.last;
      if (hold.status === "captured" && step.final && step.key === null && same) return;
      refuse(`PT409 hold_already_${hold.status}`);
    }
    if (hold.expiresAt <= step.at) refuse("PT409 hold_already_expired");
    const amount = step.amount ?? hold.credits.length;
    if (amount > hold.credits.length) refuse("PT400 capture_exceeds_hold");
    if (amount === 0) refuse("PT409 hold_already_captured");
    for (const index of hold.credits.splice(0, amount)) {
      const lot = this.books.lots[index] as Lot;
      lot.held -= 1;
      lot.spent += 1;
      if (lot.heldBefore !== null) lot.heldBefore = Math.min(lot.heldBefore, lot.held);
    }
    hold.captured += amount;
    this.post("usage", "capture", -amount);
    if (step.key !== null) this.books.keys[step.key] = `${use} ${amount}`;
    if (step.final) {
      hold.last = amount;
      this.end(hold, "captured", step.at);
    }
  }

  /** True when the key was used for the same call before; from now on it is this call's. */
  private repeated(key: string | null, use: string): boolean {
    if (key === null) return false;
    const used = this.books.keys[key];
    if (used !== undefined && used !== use) refuse("PT409 idempotency_key_reused");
    this.books.keys[key] = use;
    return used !== undefined;
  }

  private requireCredits(amount: number): void {
    if (this.books.closed) refuse("PT403 account_closed");
    if (this.balance < amount) refuse("PT402 insufficient_credits");
  }

  /** Takes one credit from the lot that burns first, and says which. */
  private burn(to: "spent" | "held" | "revoked"): number {
    const order = this.books.lots
      .map((lot, index) => ({ lot, index }))
      .filter(({ lot }) => !lot.frozen && lot.remaining > 0)
      .sort(
        (a, b) =>
          a.lot.rank - b.lot.rank ||
          // Infinity - Infinity is no number.
          (a.lot.expiresAt === b.lot.expiresAt ? 0 : a.lot.expiresAt - b.lot.expiresAt) ||
          a.index - b.index,
      );
    const first = order[0];
    if (!first) throw new Error("the model burns a credit that it does not have");
    first.lot.remaining -= 1;
    first.lot[to] += 1;
    return first.index;
  }

  private expireDue(at: number): void {
    for (;;) {
      const due = this.books.lots
        .filter((lot) => !lot.frozen && lot.remaining > 0 && lot.expiresAt <= at)
        .sort((a, b) => a.expiresAt - b.expiresAt);
      if (due.length === 0) return;
      for (const lot of due) {
        const kept = carries(lot) ? Math.min(lot.remaining, lot.cap) : 0;
        const lost = lot.remaining - kept;
        if (carries(lot)) {
          this.carryOver(lot);
          lot.cap -= kept;
        }
        if (lost > 0) this.post("expiration", "expire", -lost);
        lot.expired += lost;
        lot.remaining = kept;
      }
    }
  }

  private carryOver(lot: Lot): void {
    lot.expiresAt = lot.until as number;
    lot.until = null;
    lot.heldBefore = lot.held;
  }

  /** Its time came while nothing remained in it. */
  private carryOverEmpty(lot: Lot, at: number): void {
    if (!lot.frozen && lot.expiresAt <= at && carries(lot)) this.carryOver(lot);
  }

  /** One credit comes back to its lot: debt, then freeze, then expiry, then free. */
  private takeIn(lot: Lot, isOld: boolean, at: number): "repaid" | "expired" | "kept" {
    if (this.books.debt > 0) {
      this.books.debt -= 1;
      lot.spent += 1;
      return "repaid";
    }
    if (!lot.frozen && (lot.expiresAt <= at || (isOld && lot.cap === 0))) {
      lot.expired += 1;
      return "expired";
    }
    if (!lot.frozen && isOld) lot.cap -= 1;
    lot.remaining += 1;
    return "kept";
  }

  /** What is still held comes back, the last taken first. */
  private end(hold: Hold, status: Hold["status"], at: number): void {
    let repaid = 0;
    let expired = 0;
    while (hold.credits.length > 0) {
      const lot = this.books.lots[hold.credits.pop() as number] as Lot;
      this.carryOverEmpty(lot, at);
      lot.held -= 1;
      const isOld = (lot.heldBefore ?? 0) > 0;
      if (isOld) lot.heldBefore = (lot.heldBefore as number) - 1;
      const became = this.takeIn(lot, isOld, at);
      if (became === "repaid") repaid += 1;
      if (became === "expired") expired += 1;
    }
    if (repaid > 0) this.post("adjustment", "repay", 0);
    if (expired > 0) this.post("expiration", "expire", -expired);
    hold.status = status;
  }

  private post(type: string, operation: string, amount: number): void {
    this.books.postings.push({ type, operation, amount });
  }
}

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

const carries = (lot: Lot): boolean => lot.until !== null && lot.until > lot.expiresAt;
