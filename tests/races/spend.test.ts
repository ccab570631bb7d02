import { afterAll, beforeAll, expect, test } from "vitest";
import type { FreshDatabase } from "../support/database.ts";
import { findings, readBook } from "./support/invariants.ts";
import { withSeed } from "./support/random.ts";
import {
  type Answer,
  ask,
  closeGate,
  lockAccount,
  named,
  openSessions,
  raceDatabase,
  refusalsOf,
  rowsOf,
  untilWaiting,
} from "./support/sessions.ts";
import { createUsers, creditsOf } from "./support/world.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await raceDatabase();
});
afterAll(() => database?.close());

type Posting = { seq: string; amount: number; balance_after: number };
const spendSql = "select * from public.spend_credits($1, $2)";

test("64 sessions spend one account dry: never below zero, no refusal but PT402", () =>
  withSeed(async (random) => {
    const [user = ""] = await createUsers(database, 1, 3000);
    const sessions = await openSessions(database, 64, "service_role");
    const gate = await closeGate(database, lockAccount, [user]);
    const running = sessions.map(async (session) => {
      const answers: Answer<Posting>[] = [];
      // Who is refused asks for less; who is refused one credit knows that there is none.
      for (let most = 40; most > 0; ) {
        const amount = random.int(1, most);
        const answer = await ask<Posting>(session, spendSql, [user, amount]);
        answers.push(answer);
        if (answer.refusal) most = amount - 1;
      }
      return answers;
    });
    await untilWaiting(database, sessions.length);
    await gate.open();
    const answers = (await Promise.all(running)).flat();

    const spent = rowsOf(answers);
    expect(new Set(refusalsOf(answers).map(named))).toEqual(
      new Set(["PT402 insufficient_credits"]),
    );
    expect(spent.reduce((sum, row) => sum - row.amount, 0)).toBe(3000);
    expect(new Set(spent.map((row) => row.seq)).size).toBe(spent.length);
    expect(await creditsOf(database, user)).toEqual({ balance: 0, held: 0, debt: 0 });
    expect(await readBook(database, user)).toEqual({
      postings: spent.length + 2,
      settled: 0,
      debt: 0,
      problems: [],
    });
    expect(await findings(database)).toEqual([]);
    await Promise.all(sessions.map((session) => session.end()));
  }));

type BatchRow = { error: string | null; seq: string | null };

test("batches over many accounts in any order, single spends and holds beside them: no deadlock", () =>
  withSeed(async (random) => {
    const users = await createUsers(database, 40, 600);
    const sessions = await openSessions(database, 12, "service_role");
    let credits = 0;
    const codes: string[] = [];
    await Promise.all(
      sessions.map(async (session, index) => {
        for (let round = 0; round < 15; round++) {
          if (index >= 4) {
            const text =
              index % 2 ? spendSql : "select -amount as amount from public.hold_credits($1, $2)";
            const answer = await ask<{ amount: number }>(session, text, [random.pick(users), 3]);
            if (index % 2) credits -= answer.row?.amount ?? 0;
            if (answer.refusal) codes.push(named(answer.refusal));
            continue;
          }
          const spends = random.shuffle([...users, ...users]).map((user) => ({
            user_id: user,
            amount: random.int(1, 9),
          }));
          const answer = await ask<{ rows: BatchRow[] }>(
            session,
            "select jsonb_agg(to_jsonb(b) order by b.ordinal) as rows from public.spend_credits_batch($1) as b",
            [JSON.stringify(spends)],
          );
          if (answer.refusal) codes.push(named(answer.refusal));
          (answer.row?.rows ?? []).forEach((row, ordinal) => {
            if (row.error) codes.push(row.error);
            else credits += spends[ordinal]?.amount ?? 0;
          });
        }
      }),
    );
    expect(codes.filter((code) => !code.includes("insufficient_credits"))).toEqual([]);
    const [book] = await database.query<{ spent: number }>(
      "select -sum(amount)::integer as spent from public.credit_transactions where operation = 'spend' and user_id = any ($1)",
      [users],
    );
    expect(book?.spent).toBe(credits);
    expect(await findings(database)).toEqual([]);
    await Promise.all(sessions.map((session) => session.end()));
  }));
