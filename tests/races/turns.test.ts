import { readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createUser, type FreshDatabase, freshDatabase } from "../support/database.ts";
import { buildWorld } from "../support/fuzz/fixture.ts";
import { untilWaiting } from "./support/sessions.ts";
import { billing } from "./turns/billing.ts";
import { jobs } from "./turns/jobs.ts";
import { leaving } from "./turns/leaving.ts";
import { ledger } from "./turns/ledger.ts";
import { editor, social, staging, video } from "./turns/products.ts";
import { expected, Meeting, PASSES } from "./turns/turn.ts";

/**
 * Two calls about one thing take turns: the second waits before it reads what the first
 * may change, or passes over what another is at. No luck is needed to see it: somebody
 * has the row, and the call is asked where it waits.
 */
let database: FreshDatabase;
let me: string;
let meeting: Meeting;
beforeAll(async () => {
  database = await freshDatabase();
  const users: string[] = [];
  for (const name of ["me", "other", "admin"]) {
    users.push(await createUser(database, `${name}@example.com`));
  }
  me = users[0] ?? "";
  const exec = async (script: string): Promise<void> => void (await database.query(script));
  await buildWorld(database.query, exec, users as [string, string, string]);
  const world = readFileSync(new URL("./turns/world.sql", import.meta.url), "utf8");
  await exec(world.replaceAll(":me", pg.escapeLiteral(me)));
  meeting = await Meeting.open(database, me);
});
afterAll(() => database?.close());

describe.each(Object.entries({ ledger, jobs, billing, editor, video, staging, social, leaving }))(
  "%s: while somebody else has the row",
  (_, turns) => {
    test.each(turns)("$what", async (turn) => {
      expect(await meeting.of(turn)).toBe(expected(turn));
    });
  },
);

describe("what has no row yet", () => {
  const facts = (price: number): string =>
    `select private.note_whop_facts('price', 'plan_of_turns', '{"price": ${price}}', now())`;

  test("news of one price of Whop", async () => {
    const told = await meeting.while(facts(1), { call: facts(2) });
    expect(told).toBe("waits, locking nothing, in note_whop_facts");
  });

  test("the first calls about a user's billing: who comes second has it alone, too", async () => {
    const user = await createUser(database);
    const [first, second] = [await database.connect(), await database.connect()];
    await first.query("begin; set local role none");
    await first.query("select private.lock_customer($1)", [user]);
    await second.query("begin");
    const locked = second.query("select private.lock_customer($1)", [user]);
    await untilWaiting(database, 1);
    await first.query("commit");
    await locked;
    const told = await meeting.while("select 1", {
      call: `select 1 from public.customers where user_id = '${user}' for no key update nowait`,
    });
    expect(told).not.toBe(PASSES);
    await second.query("rollback");
  });
});

describe("who waited is told what became true meanwhile", () => {
  test("a heartbeat, that the job is another worker's", async () => {
    const [job] = await database.query<{ id: string; lock_token: string }>(
      "select id, lock_token from public.jobs where status = 'processing' limit 1",
    );
    const [reaper, worker] = [await database.connect(), await database.connect()];
    await reaper.query("begin");
    await reaper.query("update public.jobs set lock_token = gen_random_uuid() where id = $1", [
      job?.id,
    ]);
    const told = worker
      .query("select private.heartbeat_job($1, $2, 5, now() + interval '1 minute')", [
        job?.id,
        job?.lock_token,
      ])
      .catch((error: pg.DatabaseError) => error.message);
    await untilWaiting(database, 1);
    await reaper.query("commit");
    expect(await told).toBe("lease_lost");
  });
});
