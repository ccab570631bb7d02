import { randomUUID } from "node:crypto";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FreshDatabase } from "../support/database.ts";
import { findings, readBook } from "./support/invariants.ts";
import { LedgerModel, type Posting, type Step } from "./support/ledger_model.ts";
import { type Names, someStep, statementOf } from "./support/ledger_steps.ts";
import { randomFrom, withSeed } from "./support/random.ts";
import { type Answer, ask, named, openSessions, raceDatabase } from "./support/sessions.ts";

const RUNS = Number(process.env.RACES_RUNS ?? 300);
const STEPS = 40;
let database: FreshDatabase;
beforeAll(async () => {
  database = await raceDatabase();
});
afterAll(() => database?.close());

async function openAccount(): Promise<Names> {
  const user = randomUUID();
  await database.query("insert into public.credit_accounts (user_id) values ($1)", [user]);
  return { user, lots: [], holds: [] };
}

/** The lot that giving back made beside what it answers. */
async function newestLot(session: pg.Client, { user }: Names): Promise<string> {
  const { rows } = await session.query<{ seq: string }>(
    "select max(seq)::text as seq from public.credit_lots where user_id = $1",
    [user],
  );
  return rows[0]?.seq ?? "";
}

const perform = (session: pg.Client, step: Step, names: Names): Promise<Answer<{ name: string }>> =>
  ask<{ name: string }>(session, ...statementOf(step, names));

type State = {
  credits: unknown;
  lots: unknown[];
  holds: Record<string, unknown>;
  postings: Posting[];
  audit: unknown[];
};

const stateSql = `
  select
    (
      select jsonb_build_array(a.balance, a.held, a.debt, a.total_purchased, a.total_used)
      from public.credit_accounts as a where a.user_id = $1
    ) as credits,
    (
      select coalesce(jsonb_agg(jsonb_build_array(
        l.granted, l.remaining, l.held, l.spent, l.expired, l.revoked, l.frozen_at is not null,
        l.rollover_cap, l.rolled_held
      ) order by l.seq), '[]')
      from public.credit_lots as l where l.user_id = $1
    ) as lots,
    (
      select coalesce(jsonb_object_agg(h.id, jsonb_build_array(h.status, h.captured)), '{}')
      from public.credit_holds as h where h.user_id = $1
    ) as holds,
    (
      select coalesce(jsonb_agg(jsonb_build_object(
        'type', t.transaction_type, 'operation', t.operation, 'amount', t.amount
      ) order by t.seq), '[]')
      from public.credit_transactions as t where t.user_id = $1 and t.seq > $2
    ) as postings,
    (select coalesce(jsonb_agg(to_jsonb(f)), '[]') from private.audit_credits($1) as f) as audit`;

function expectedState(model: LedgerModel, names: Names, seen: number): State {
  const { lots, holds, debt, postings } = model.books;
  const total = (type: string): number =>
    postings.reduce((sum, each) => sum + (each.type === type ? each.amount : 0), 0);
  return {
    // 0 - x: there is no -0 in JSON.
    credits: [model.balance, model.held, debt, total("purchase"), 0 - total("usage")],
    lots: lots.map((lot) => [
      lot.granted,
      lot.remaining,
      lot.held,
      lot.spent,
      lot.expired,
      lot.revoked,
      lot.frozen,
      lot.cap,
      lot.heldBefore,
    ]),
    holds: Object.fromEntries(
      holds.map((hold, index) => [names.holds[index], [hold.status, hold.captured]]),
    ),
    postings: postings.slice(seen),
    audit: [],
  };
}

/** One account's life: each step done by the model and by the database, and compared. */
async function compareRun(session: pg.Client, seed: number): Promise<Map<string, number>> {
  const random = randomFrom(seed);
  const model = new LedgerModel();
  const names = await openAccount();
  const steps: string[] = [];
  const outcomes = new Map<string, number>();
  let at = 0;
  for (let n = 0; n < STEPS; n++) {
    at += random.int(0, 3);
    const step = someStep(random, model, at);
    const [lots, holds, seen] = [
      model.books.lots.length,
      model.books.holds.length,
      model.books.postings.length,
    ];
    const expected = model.apply(step);
    const answer = await perform(session, step, names);
    steps.push(`${JSON.stringify(step)} -> ${expected}`);
    const where = `run ${seed}, step ${n}:\n${steps.join("\n")}\n`;
    expect(named(answer.refusal), where).toBe(expected);
    if (model.books.lots.length > lots) {
      names.lots.push(answer.row?.name ?? (await newestLot(session, names)));
    }
    if (model.books.holds.length > holds) names.holds.push(answer.row?.name ?? "");

    const { rows } = await session.query<State>(stateSql, [names.user, seen]);
    expect(rows[0], where).toEqual(expectedState(model, names, seen));
    const outcome = `${step.op} ${expected}`;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  return outcomes;
}

test(`${RUNS} random lives of an account, step by step beside a plain model`, () =>
  withSeed(async (_, seed) => {
    const sessions = await openSessions(database, 6);
    const outcomes = new Map<string, number>();
    let run = 0;
    await Promise.all(
      sessions.map(async (session) => {
        while (run < RUNS) {
          for (const [name, n] of await compareRun(session, seed + run++)) {
            outcomes.set(name, (outcomes.get(name) ?? 0) + n);
          }
        }
      }),
    );
    // Every step was done and refused in the ways there are; else the schedule is too tame.
    for (const op of [
      "grant",
      "spend",
      "hold",
      "capture",
      "release",
      "expireHold",
      "reverse",
      "freeze",
      "unfreeze",
      "giveBack",
      "endLot",
      "moveExpiry",
      "voidLot",
      "sweep",
      "close",
    ]) {
      expect(outcomes.get(`${op} done`) ?? 0, op).toBeGreaterThan(0);
    }
    for (const refused of [
      "spend PT402 insufficient_credits",
      "hold PT402 insufficient_credits",
      "grant PT409 idempotency_key_reused",
      "grant PT400 expiry_in_the_past",
      "spend PT403 account_closed",
      "capture PT409 hold_already_captured",
      "capture PT409 hold_already_expired",
      "capture PT400 capture_exceeds_hold",
      "release PT409 hold_already_captured",
    ]) {
      expect(outcomes.get(refused) ?? 0, refused).toBeGreaterThan(0);
    }
    expect(await findings(database)).toEqual([]);
    await Promise.all(sessions.map((session) => session.end()));
  }));

test("the same steps from eight sessions at once: the books balance, refusals are the ledger's own", () =>
  withSeed(async (random) => {
    const sessions = await openSessions(database, 8);
    const accounts = await Promise.all(Array.from({ length: 3 }, openAccount));
    const codes = new Map<string, number>();
    let tick = 0;
    for (let heat = 0; heat < 5; heat++) {
      await Promise.all(
        sessions.map(async (session) => {
          for (let n = 0; n < 60; n++) {
            const names = random.pick(accounts);
            // Only to choose steps by: what lots and holds there are, not how they stand.
            const sketch = new LedgerModel();
            sketch.books.lots = names.lots.map(() => ({ remaining: 0 }) as never);
            sketch.books.holds = names.holds.map(() => ({ status: "held" }) as never);
            tick += random.int(0, 1);
            const step = someStep(random, sketch, tick >> 3);
            // These know what the others did: billing calls them under its own lock.
            if (["close", "giveBack", "moveExpiry"].includes(step.op)) continue;
            const answer = await perform(session, step, names);
            const code = named(answer.refusal);
            codes.set(code, (codes.get(code) ?? 0) + 1);
            const name = answer.row?.name;
            if (!name || ("key" in step && step.key)) continue;
            if (step.op === "grant") names.lots.push(name);
            if (step.op === "hold") names.holds.push(name);
          }
        }),
      );
      expect(await findings(database)).toEqual([]);
    }
    for (const { user } of accounts) {
      const book = await readBook(database, user);
      expect(book.problems).toEqual([]);
      expect(book.postings).toBeGreaterThan(0);
    }
    expect([...codes.keys()].filter((code) => !/^(done$|PT40[0239] )/.test(code))).toEqual([]);
    await Promise.all(sessions.map((session) => session.end()));
  }));
