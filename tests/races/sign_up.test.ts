import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asOwner, type FreshDatabase } from "../support/database.ts";
import { findings } from "./support/invariants.ts";
import {
  ask,
  closeGate,
  openSessions,
  raceDatabase,
  refusalsOf,
  rowsOf,
  untilWaiting,
} from "./support/sessions.ts";

let database: FreshDatabase;
let sessions: pg.Client[];
beforeAll(async () => {
  database = await raceDatabase();
  sessions = await openSessions(database, 20);
});
afterAll(() => database?.close());

/** Keeps a username taken without saying whether it will stay so: who wishes it waits. */
const keepName = (name: string) =>
  closeGate(database, "insert into public.profiles (id, username) values (gen_random_uuid(), $1)", [
    name,
  ]);

type Profile = { id: string; username: string; auth0_sub: string | null };

async function expectWelcomed(ids: string[]): Promise<void> {
  const rows = await database.query(
    `select p.id, a.balance, (select count(*)::integer from public.credit_transactions as t where t.user_id = p.id) as grants
     from public.profiles as p join public.credit_accounts as a on a.user_id = p.id
     where p.id = any ($1)`,
    [ids],
  );
  expect(rows).toHaveLength(ids.length);
  for (const row of rows) expect(row).toMatchObject({ balance: 100, grants: 1 });
}

test("20 sign-ups with one username wish at once: twenty profiles, one has the name", async () => {
  for (let round = 0; round < 5; round++) {
    const wish = `ada${round}`;
    // Nineteen wait for the first of them, which takes the name and is not committed yet.
    const first = sessions[0] as pg.Client;
    const create = "select tests.create_user($1, $2) as id";
    const metadata = JSON.stringify({ username: wish });
    await first.query("begin");
    const { rows } = await first.query<{ id: string }>(create, [`0.${wish}@example.com`, metadata]);
    const signing = sessions
      .slice(1)
      .map((session, index) =>
        ask<{ id: string }>(session, create, [`${index + 1}.${wish}@example.com`, metadata]),
      );
    await untilWaiting(database, 19);
    await first.query("commit");
    const answers = await Promise.all(signing);
    expect(refusalsOf(answers)).toEqual([]);
    const ids = [rows[0]?.id ?? "", ...rowsOf(answers).map((row) => row.id)];
    const profiles = await database.query<Profile>(
      "select id, username from public.profiles where id = any ($1)",
      [ids],
    );
    expect(new Set(profiles.map((each) => each.username)).size).toBe(20);
    expect(profiles.filter((each) => each.username === wish)).toHaveLength(1);
    expect(profiles.every((each) => each.username.startsWith(wish))).toBe(true);
    await expectWelcomed(ids);
  }
  expect(await findings(database)).toEqual([]);
});

/** Sixteen first requests of one token at once, behind somebody who has its nickname. */
async function ensureAtOnce(sub: string, keepsName: boolean): Promise<Profile[]> {
  const nickname = sub.replace(/\W/g, "");
  const callers = sessions.slice(0, 16);
  const claims = JSON.stringify({
    sub,
    role: "authenticated",
    nickname,
    email: `${nickname}@example.com`,
  });
  for (const session of callers) {
    await session.query(
      "select set_config('role', 'authenticated', false), set_config('request.jwt.claims', $1, false)",
      [claims],
    );
  }
  const gate = keepsName ? await keepName(nickname) : undefined;
  const asked = callers.map((session) =>
    ask<Profile>(session, "select id, username, auth0_sub from public.ensure_profile()"),
  );
  if (gate) {
    await untilWaiting(database, 16);
    await gate.open();
  }
  const answers = await Promise.all(asked);
  await Promise.all(callers.map(asOwner));
  expect(refusalsOf(answers)).toEqual([]);
  return rowsOf(answers);
}

test("ensure_profile 16 times at once for one Auth0 sub: one profile, one grant", async () => {
  for (let round = 0; round < 30; round++) {
    const sub = `auth0|${round}`;
    const profiles = await ensureAtOnce(sub, round % 2 === 0);
    expect(new Set(profiles.map((each) => each.id)).size).toBe(1);
    const stored = await database.query<Profile>(
      "select id, username from public.profiles where auth0_sub = $1",
      [sub],
    );
    expect(stored.map((row) => row.id)).toEqual([profiles[0]?.id]);
    expect(profiles.every((each) => each.username === stored[0]?.username)).toBe(true);
    await expectWelcomed(stored.map((row) => row.id));
  }
  expect(await findings(database)).toEqual([]);
});

test("ensure_profile 16 times at once for a uuid sub: one profile, one grant", async () => {
  for (let round = 0; round < 15; round++) {
    const sub = `00000000-0000-4000-8000-0000000000${10 + round}`;
    const profiles = await ensureAtOnce(sub, false);
    expect(new Set(profiles.map((each) => each.id))).toEqual(new Set([sub]));
    await expectWelcomed([sub]);
  }
  expect(await findings(database)).toEqual([]);
});
