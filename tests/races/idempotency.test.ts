import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FreshDatabase } from "../support/database.ts";
import { findings, readBook } from "./support/invariants.ts";
import {
  type Answer,
  ask,
  collide,
  named,
  openSessions,
  raceDatabase,
  refusalsOf,
  rowsOf,
} from "./support/sessions.ts";
import { createUsers, creditsOf } from "./support/world.ts";

const CALLERS = 32;
let database: FreshDatabase;
let sessions: pg.Client[];
beforeAll(async () => {
  database = await raceDatabase();
  sessions = await openSessions(database, CALLERS, "service_role");
});
afterAll(() => database?.close());

type Call = { text: string; values: unknown[] };
type Kind = {
  name: string;
  /** What one call changes of balance and held, for 7 credits. */
  effect: { balance: number; held: number };
  call: (about: { user: string; hold: string }, amount: number, key: string) => Call;
};

const kinds: Kind[] = [
  {
    name: "spend_credits",
    effect: { balance: -7, held: 0 },
    call: ({ user }, amount, key) => ({
      text: "select to_jsonb(t) as answer from public.spend_credits($1, $2, p_idempotency_key => $3) as t",
      values: [user, amount, key],
    }),
  },
  {
    name: "grant_credits",
    effect: { balance: 7, held: 0 },
    call: ({ user }, amount, key) => ({
      text: "select to_jsonb(t) as answer from public.grant_credits($1, $2, 'bonus', p_idempotency_key => $3) as t",
      values: [user, amount, key],
    }),
  },
  {
    name: "hold_credits",
    effect: { balance: -7, held: 7 },
    call: ({ user }, amount, key) => ({
      text: "select to_jsonb(h) as answer from public.hold_credits($1, $2, p_idempotency_key => $3) as h",
      values: [user, amount, key],
    }),
  },
  {
    name: "capture_hold, not final",
    effect: { balance: 0, held: -7 },
    call: ({ hold }, amount, key) => ({
      text: "select to_jsonb(t) as answer from public.capture_hold($1, $2, false, $3) as t",
      values: [hold, amount, key],
    }),
  },
  {
    name: "capture_hold, final",
    // The hold has 20: what is not captured comes back.
    effect: { balance: 13, held: -20 },
    call: ({ hold }, amount, key) => ({
      text: "select to_jsonb(t) as answer from public.capture_hold($1, $2, true, $3) as t",
      values: [hold, amount, key],
    }),
  },
];

async function somebody(): Promise<{ user: string; hold: string }> {
  const [user = ""] = await createUsers(database, 1, 500);
  const [hold] = await database.query<{ id: string }>(
    "select id from public.hold_credits($1, 20)",
    [user],
  );
  return { user, hold: hold?.id ?? "" };
}

type Found = { answer: Record<string, unknown> };
const fire = (user: string, calls: Call[]): Promise<Answer<Found>[]> =>
  collide(database, user, () =>
    calls.map((call, index) => ask<Found>(sessions[index] as pg.Client, call.text, call.values)),
  );

async function change(user: string, before: { balance: number; held: number }) {
  const after = await creditsOf(database, user);
  return { balance: after.balance - before.balance, held: after.held - before.held };
}

describe.each(kinds)("$name", ({ call, effect }) => {
  test("one key from 32 sessions at once: one effect, 32 equal answers", async () => {
    const about = await somebody();
    const before = await creditsOf(database, about.user);
    const answers = await fire(
      about.user,
      Array.from({ length: CALLERS }, () => call(about, 7, "the key")),
    );
    expect(refusalsOf(answers)).toEqual([]);
    const [first] = rowsOf(answers);
    for (const row of rowsOf(answers)) expect(row).toEqual(first);
    expect(await change(about.user, before)).toEqual(effect);
    // And once more, alone, when all is over.
    const again = call(about, 7, "the key");
    const [late] = await database.query<Found>(again.text, again.values);
    expect(late).toEqual(first);
    expect(await findings(database)).toEqual([]);
  });

  test("the same key with another amount: one amount wins, the others are told PT409", async () => {
    const about = await somebody();
    const answers = await fire(
      about.user,
      Array.from({ length: CALLERS }, (_, index) => call(about, index % 2 ? 7 : 5, "the key")),
    );
    const won = [0, 1].filter((kind) => answers.some((each, i) => each.row && i % 2 === kind));
    expect(won).toHaveLength(1);
    answers.forEach((answer, index) => {
      expect(named(answer.refusal)).toBe(
        index % 2 === won[0] ? "done" : "PT409 idempotency_key_reused",
      );
    });
    const first = rowsOf(answers)[0];
    for (const row of rowsOf(answers)) expect(row).toEqual(first);
    expect((await readBook(database, about.user)).problems).toEqual([]);
    expect(await findings(database)).toEqual([]);
  });
});

test("one key for calls of four kinds at once: one kind wins, the others are told PT409", async () => {
  for (let round = 0; round < 10; round++) {
    const about = await somebody();
    const calls = Array.from({ length: CALLERS }, (_, index) => {
      const kind = kinds[(index + round) % 4] as Kind;
      return kind.call(about, 7, "the key");
    });
    const answers = await fire(about.user, calls);
    const won = new Set(calls.filter((_, index) => answers[index]?.row).map((call) => call.text));
    expect(won.size).toBe(1);
    expect(new Set(refusalsOf(answers).map(named))).toEqual(
      new Set(["PT409 idempotency_key_reused"]),
    );
  }
  expect(await findings(database)).toEqual([]);
});

test("a key in a batch and in a single spend at once: one posting", async () => {
  const about = await somebody();
  const single = kinds[0] as Kind;
  const spend = { user_id: about.user, amount: 7, idempotency_key: "the key" };
  const batch: Call = {
    // The same item twice in one call, too.
    text: "select jsonb_agg(jsonb_build_object('seq', b.seq, 'error', b.error)) as answer from public.spend_credits_batch($1) as b",
    values: [JSON.stringify([spend, spend])],
  };
  const answers = await fire(
    about.user,
    Array.from({ length: CALLERS }, (_, i) => (i % 2 ? batch : single.call(about, 7, "the key"))),
  );
  expect(refusalsOf(answers)).toEqual([]);
  const seqs = rowsOf(answers).flatMap(({ answer }) =>
    Array.isArray(answer) ? answer.map((each) => each.seq) : [answer.seq],
  );
  expect(seqs).toHaveLength(48);
  expect(new Set(seqs).size).toBe(1);
  expect((await creditsOf(database, about.user)).balance).toBe(473);
  expect(await findings(database)).toEqual([]);
});

test("a key whose first call was refused is free: the credits came while 32 asked", async () => {
  const [user = ""] = await createUsers(database, 1);
  const spend = kinds[0] as Kind;
  const before = await fire(
    user,
    Array.from({ length: 8 }, () => spend.call({ user, hold: "" }, 150, "the key")),
  );
  expect(new Set(before.map((each) => named(each.refusal)))).toEqual(
    new Set(["PT402 insufficient_credits"]),
  );
  await database.query("select public.grant_credits($1, 60, 'bonus')", [user]);
  const after = await fire(
    user,
    Array.from({ length: CALLERS }, () => spend.call({ user, hold: "" }, 150, "the key")),
  );
  expect(refusalsOf(after)).toEqual([]);
  expect((await creditsOf(database, user)).balance).toBe(10);
});
