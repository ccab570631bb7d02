import type { GrantType, LedgerModel, ReverseType, Step } from "./ledger_model.ts";
import type { Random } from "./random.ts";

const GRANTS: readonly GrantType[] = [
  "purchase",
  "refund",
  "bonus",
  "monthly_reset",
  "trial_grant",
  "adjustment",
];
const REVERSALS: readonly ReverseType[] = ["refund", "chargeback", "adjustment"];

/** Some step that may follow; what it names (a hold, a lot) exists, what it wants may be refused. */
export function someStep(random: Random, model: LedgerModel, at: number): Step {
  const { lots, holds } = model.books;
  const key = random.chance(0.3) ? `key ${random.int(1, 12)}` : null;
  const grant = (): Step => ({
    at,
    op: "grant",
    amount: random.int(1, 40),
    type: random.pick(GRANTS),
    // Now and then in the past.
    expiresAt: random.chance(0.5) ? at + random.int(-1, 25) : null,
    key,
    late: random.chance(0.1),
    rollover: null,
  });
  /** A plan's credits: some of them may be carried into the next period. */
  const planGrant = (): Step => {
    const expiresAt = at + random.int(-3, 15);
    const until = expiresAt + random.int(0, 12);
    return {
      ...grant(),
      type: "monthly_reset",
      expiresAt,
      late: true,
      rollover: { cap: random.int(0, 25), until },
    } as Step;
  };
  const dice = random.int(1, 130);
  if (dice > 100 && dice <= 112) return planGrant();
  if (dice > 112 && lots.length > 0) {
    const lot = random.int(0, lots.length - 1);
    const found = lots[lot];
    if (dice <= 116) return { at, op: "endLot", lot, endsAt: at + random.int(-5, 10) };
    if (dice <= 118) return { at, op: "voidLot", lot };
    if (dice <= 121 && found?.cap === 0 && found.until === null && found.heldBefore === null) {
      return { at, op: "moveExpiry", lot, expiresAt: at + random.int(-5, 15) };
    }
    const amount = random.int(1, 30);
    const fromLot = random.int(0, found?.revoked ?? 0);
    return {
      at,
      op: "giveBack",
      lot,
      amount,
      fromLot,
      type: random.pick(["refund", "chargeback"]),
    };
  }
  if (lots.length === 0 || dice <= 18) return grant();
  if (dice <= 32) return { at, op: "spend", amount: random.int(1, 30), key };
  if (dice <= 46) {
    return { at, op: "hold", amount: random.int(1, 30), lasts: random.int(1, 40), key };
  }
  if (dice <= 51) return { at, op: "sweep" };
  if (dice <= 61) {
    return {
      at,
      op: "reverse",
      amount: random.int(1, 40),
      type: random.pick(REVERSALS),
      lot: random.chance(0.7) ? random.int(0, lots.length - 1) : null,
      key,
    };
  }
  if (dice <= 68) return { at, op: "freeze", lot: random.int(0, lots.length - 1) };
  if (dice <= 75) return { at, op: "unfreeze", lot: random.int(0, lots.length - 1) };
  if (dice === 76 && holds.filter((hold) => hold.status === "held").length <= 1) {
    return { at, op: "close" };
  }
  if (holds.length === 0) return grant();
  // Mostly an open one.
  const open = holds.flatMap((hold, index) => (hold.status === "held" ? [index] : []));
  const hold =
    open.length > 0 && random.chance(0.8) ? random.pick(open) : random.int(0, holds.length - 1);
  if (dice <= 90) {
    return {
      at,
      op: "capture",
      hold,
      amount: random.chance(0.3) ? null : random.int(1, 20),
      final: random.chance(0.5),
      key: random.chance(0.1) ? null : (key ?? `part ${random.int(1, 99)}`),
    };
  }
  return { at, op: random.chance(0.6) ? "release" : "expireHold", hold };
}

/** Where the lots and holds of the model are in the database. */
export type Names = { user: string; lots: string[]; holds: string[] };

const START = Date.UTC(2030, 0, 1);
export const clock = (second: number): string => new Date(START + second * 1000).toISOString();

/** The statement of a step, with its values. */
export function statementOf(step: Step, { user, lots, holds }: Names): [string, unknown[]] {
  const now = clock(step.at);
  switch (step.op) {
    case "grant":
      return [
        "select seq::text as name from private.grant_credits($1, $2, $3, p_idempotency_key => $4, p_expires_at => $5, p_now => $6, p_is_late => $7, p_rollover_cap => $8, p_rollover_until => $9)",
        [
          user,
          step.amount,
          step.type,
          step.key,
          step.expiresAt === null ? null : clock(step.expiresAt),
          now,
          step.late,
          step.rollover?.cap ?? 0,
          step.rollover ? clock(step.rollover.until) : null,
        ],
      ];
    case "spend":
      return [
        "select seq::text as name from private.spend_credits($1, $2, p_idempotency_key => $3, p_now => $4)",
        [user, step.amount, step.key, now],
      ];
    case "hold":
      return [
        "select id::text as name from private.hold_credits($1, $2, p_idempotency_key => $3, p_expires_in => make_interval(secs => $4), p_now => $5)",
        [user, step.amount, step.key, step.lasts, now],
      ];
    case "capture":
      return [
        "select seq::text as name from private.capture_hold($1, $2, $3, $4, p_now => $5)",
        [holds[step.hold], step.amount, step.final, step.key, now],
      ];
    case "release":
      return ["select id::text as name from private.release_hold($1, $2)", [holds[step.hold], now]];
    case "expireHold":
      return ["select private.expire_hold($1, $2)", [holds[step.hold], now]];
    case "sweep":
      return ["select private.lock_account($1, $2)", [user, now]];
    case "reverse":
      return [
        "select seq::text as name from private.reverse_credits($1, $2, $3, p_lot_seq => $4, p_idempotency_key => $5, p_now => $6)",
        [user, step.amount, step.type, step.lot === null ? null : lots[step.lot], step.key, now],
      ];
    case "freeze":
      return ["select private.freeze_lot($1, $2, $3)", [user, lots[step.lot], now]];
    case "unfreeze":
      return ["select private.unfreeze_lot($1, $2, $3)", [user, lots[step.lot], now]];
    case "giveBack":
      return [
        "select private.give_back($1, $2, $3, $4, $5, 'Back', 'test', '1', $6)",
        [user, step.amount, step.type, lots[step.lot], step.fromLot, now],
      ];
    case "endLot":
      return [
        "select private.end_lot($1, $2, $3, $4)",
        [user, lots[step.lot], clock(step.endsAt), now],
      ];
    case "moveExpiry":
      return [
        "select private.move_expiry($1, $2, $3, $4)",
        [user, lots[step.lot], clock(step.expiresAt), now],
      ];
    case "voidLot":
      return [
        "select private.void_lot($1, $2, 'monthly_reset', 'Undone', $3)",
        [user, lots[step.lot], now],
      ];
    case "close":
      return ["select private.close_account($1, $2)", [user, now]];
  }
}
