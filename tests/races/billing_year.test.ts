import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FreshDatabase } from "../support/database.ts";
import type { Generation } from "../support/stripe/objects.ts";
import type { StripeEvent } from "../support/stripe/recorder.ts";
import { createYear, deliverSql, NOW, settle, stateOf, type Year } from "./support/billing_year.ts";
import { findings } from "./support/invariants.ts";
import { type Random, randomFrom, withSeed } from "./support/random.ts";
import { ask, openSessions, raceDatabase } from "./support/sessions.ts";

/** Shuffles of the year; BILLING_SHUFFLES=1000 for all of them. */
const SHUFFLES = Number(process.env.BILLING_SHUFFLES ?? 100);
const LANES = 2;
const GENERATIONS: Generation[] = ["2022-08-01", "2025-08-27.basil"];

let database: FreshDatabase;
beforeAll(async () => {
  database = await raceDatabase();
  // Nothing of a year is kept, so autovacuum soon finds the tables empty, and plans that read them
  // whole make a shuffle four times as dear.
  await database.query(`
    do $$ begin
      execute format('alter database %I set enable_seqscan = off', current_database());
    end $$`);
});
afterAll(() => database?.close());

type State = Record<string, unknown>;

/** What the year comes to when it is delivered so; nothing of it is kept. */
async function outcome(session: pg.Client, year: Year, events: StripeEvent[]): Promise<State> {
  await session.query("begin");
  try {
    await session.query(deliverSql, [events.map((event) => JSON.stringify(event)), NOW]);
    await settle(session);
    return await stateOf(session, year);
  } finally {
    await session.query("rollback");
  }
}

/** Every event one to three times, in any order. */
const shuffled = (random: Random, events: StripeEvent[]): StripeEvent[] =>
  random.shuffle(events.flatMap((event) => Array<StripeEvent>(random.int(1, 3)).fill(event)));

async function openLane(name: string, generation: Generation): Promise<[pg.Client, Year, State]> {
  const [session] = (await openSessions(database, 1)) as [pg.Client];
  const year = await createYear(database, name, generation);
  return [session, year, await outcome(session, year, year.events)];
}

describe.each(GENERATIONS)("API version %s", (generation) => {
  const tag = generation.slice(0, 4);

  test("a year in its order: what the customer has in the end", async () => {
    const [, , state] = await openLane(`ordered${tag}`, generation);
    expect(state).toMatchObject({
      stale: 0,
      audit: [],
      account: [{ balance: 575, held: 0, debt: 0, plan_credits: 120 }],
      // Months: 7 of basic (100), 2 of pro (300), 2 of basic, 6 of the years (120); upgrades:
      // 21 of 31 and 25 of 30 days of the difference (200). The live lots are 75 and what
      // was carried over (30), a month of the year, packages 50 and 200, and sign-up.
      totals: {
        purchase: 600,
        trial_grant: 120,
        monthly_reset: 2522,
        refund: -650,
        chargeback: -447,
        expiration: -1570,
      },
    });
    expect(state.events).toEqual({ applied: expect.any(Number) });
  });

  test("reversed, it comes to the same", async () => {
    const [session, year, expected] = await openLane(`reversed${tag}`, generation);
    expect(await outcome(session, year, year.events.toReversed())).toEqual(expected);
  });

  test(
    `shuffled ${SHUFFLES / 2} ways, each event one to three times, it comes to the same`,
    () =>
      withSeed(async (_, seed) => {
        let run = 0;
        await Promise.all(
          Array.from({ length: LANES }, async (__, lane) => {
            const [session, year, expected] = await openLane(`lane${lane}of${tag}`, generation);
            while (run < SHUFFLES / GENERATIONS.length) {
              const random = randomFrom(seed + run++);
              const found = await outcome(session, year, shuffled(random, year.events));
              expect(found, `run ${run} of seed ${seed}`).toEqual(expected);
            }
          }),
        );
      }),
    1_800_000,
  );

  test("from eight sessions at once, and with cron, it comes to the same", () =>
    withSeed(async (random) => {
      const [, , expected] = await openLane(`alone${tag}`, generation);
      const year = await createYear(database, `crowd${tag}`, generation);
      const sessions = await openSessions(database, 8);
      const queue = shuffled(random, year.events);
      await Promise.all(
        sessions.map(async (session) => {
          for (let event = queue.pop(); event; event = queue.pop()) {
            const text = "select status from private.record_webhook_event('stripe', $1, $2)";
            const answer = await ask(session, text, [JSON.stringify(event), NOW]);
            expect(answer.refusal).toBeUndefined();
          }
        }),
      );
      const [cron] = (await openSessions(database, 1)) as [pg.Client];
      await settle(cron);
      expect(await stateOf(cron, year)).toEqual(expected);
      expect(await findings(database)).toEqual([]);
      // Of every object what is read is kept, and of the customer nothing.
      const wrong = await database.query(
        `select e.event_type, v.object
         from public.webhook_events as e
         join private.billing_versions as v on v.event_id = e.external_id and v.type = e.object_type
         where e.purged_at is null and (concat(v.object, v.previous) like '%ann@example.com%'
           or v.type in ('subscription', 'invoice', 'charge', 'refund', 'dispute')
           and private.version_facts('stripe', v.type, v.object) - 'metadata'
             is distinct from private.version_facts('stripe', v.type, e.payload #> '{data,object}') - 'metadata')`,
      );
      expect(wrong).toEqual([]);
      // So a year later, when the inbox is empty, everything can be applied again from that.
      await cron.query("select private.purge_webhook_payloads($1::timestamptz + '1 year')", [NOW]);
      await cron.query(
        `select (private.replay_webhook_event(e.id, $1)).status
         from public.webhook_events as e where e.purged_at is not null order by md5(e.external_id)`,
        [NOW],
      );
      expect(await stateOf(cron, year)).toEqual(expected);
    }));
});
