import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FreshDatabase } from "../support/database.ts";
import { findings, readBook } from "./support/invariants.ts";
import { withSeed } from "./support/random.ts";
import { ask, named, openSessions, pause, raceDatabase } from "./support/sessions.ts";
import { createUsers, creditsOf } from "./support/world.ts";

const ROUNDS = 200;
let database: FreshDatabase;
beforeAll(async () => {
  database = await raceDatabase();
});
afterAll(() => database?.close());

type Hold = { id: string; status: string; captured: number };
const holdSql = "select id from public.hold_credits($1, 10)";
const captureSql = "select seq, amount from public.capture_hold($1, $2)";
const releaseSql = "select * from public.release_hold($1)";

test("a hold captured and released at the same moment, and swept too: one ending", () =>
  withSeed(async (random) => {
    const [user = ""] = await createUsers(database, 1, 3000);
    const [capturer, releaser] = await openSessions(database, 2, "service_role");
    const [sweeper] = await openSessions(database, 1);
    const endings: Record<string, number> = { captured: 0, released: 0, expired: 0 };
    let spent = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const [made] = await database.query<Hold>(holdSql, [user]);
      const hold = made?.id ?? "";
      const amount = random.pick([null, 10, 4]);
      const swept = random.chance(0.5);
      const later = <T>(start: () => Promise<T>): Promise<T> => {
        const wait = random.pick([0, 0, 1, 2]);
        return wait ? pause(wait).then(start) : start();
      };
      const [capture, release] = await Promise.all([
        later(() => ask(capturer as pg.Client, captureSql, [hold, amount])),
        later(() => ask<Hold>(releaser as pg.Client, releaseSql, [hold])),
        // Its deadline, seen by a sweep that runs two hours later.
        swept &&
          later(() =>
            (sweeper as pg.Client).query(
              "select private.expire_hold($1, now() + interval '2 hours')",
              [hold],
            ),
          ),
      ]);
      const [row] = await database.query<Hold>(
        "select id, status, captured from public.credit_holds where id = $1",
        [hold],
      );
      const status = row?.status ?? "";
      endings[status] = (endings[status] ?? 0) + 1;
      if (status === "captured") {
        expect(row?.captured).toBe(amount ?? 10);
        spent += amount ?? 10;
        expect([named(capture.refusal), named(release.refusal)]).toEqual([
          "done",
          "PT409 hold_already_captured",
        ]);
      } else {
        expect(row?.captured).toBe(0);
        expect(named(capture.refusal)).toBe(`PT409 hold_already_${status}`);
        // Releasing what came back already is told how it ended.
        expect(release.row?.status).toBe(status);
      }
      const credits = await creditsOf(database, user);
      expect(credits).toEqual({ balance: 3000 - spent, held: 0, debt: 0 });
    }
    // Had one end always won, nothing would have raced.
    for (const status of ["captured", "released", "expired"]) {
      expect(endings[status], `${status} of ${JSON.stringify(endings)}`).toBeGreaterThan(0);
    }
    expect((await readBook(database, user)).problems).toEqual([]);
    expect(await findings(database)).toEqual([]);
  }));

test("a hold captured by eight sessions at once, in parts and whole: never more than is held", () =>
  withSeed(async (random) => {
    const [user = ""] = await createUsers(database, 1, 3000);
    const sessions = await openSessions(database, 8, "service_role");
    let spent = 0;
    for (let round = 0; round < 50; round++) {
      const [made] = await database.query<Hold>(holdSql, [user]);
      const hold = made?.id ?? "";
      const answers = await Promise.all(
        sessions.map((session, index) =>
          index === 0
            ? ask<{ seq: string; amount: number }>(session, captureSql, [hold, null])
            : ask<{ seq: string; amount: number }>(
                session,
                "select seq, amount from public.capture_hold($1, $2, false, $3)",
                [hold, random.int(1, 4), `part ${index} of ${round}`],
              ),
        ),
      );
      const taken = answers.reduce((sum, each) => sum - (each.row?.amount ?? 0), 0);
      for (const { refusal } of answers) {
        expect(["done", "PT409 hold_already_captured", "PT400 capture_exceeds_hold"]).toContain(
          named(refusal),
        );
      }
      await ask(sessions[0] as pg.Client, releaseSql, [hold]);
      expect(taken).toBeLessThanOrEqual(10);
      spent += taken;
      const credits = await creditsOf(database, user);
      expect(credits).toEqual({ balance: 3000 - spent, held: 0, debt: 0 });
    }
    expect(await findings(database)).toEqual([]);
  }));
