import pg from "pg";
import { type ApiRole, asUser, type FreshDatabase, freshDatabase } from "../../support/database.ts";

export type Refusal = { code: string; message: string };
/** What a session was told: a row, or the error of the database. */
export type Answer<Row> = { row: Row; refusal?: undefined } | { row?: undefined; refusal: Refusal };

/** A database of the test's own that finds deadlocks soon, so that a bad test run is not a slow one. */
export async function raceDatabase(): Promise<FreshDatabase> {
  const database = await freshDatabase();
  await findDeadlocksSoon(database);
  return database;
}

export async function findDeadlocksSoon(database: FreshDatabase): Promise<void> {
  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  await client.query(`
    do $$ begin
      execute format('alter database %I set deadlock_timeout = ''100ms''', current_database());
    end $$`);
  await client.end();
}

/** Sessions as an API role, the way PostgREST would run them; without a role as `postgres`. */
export async function openSessions(
  database: FreshDatabase,
  count: number,
  role?: ApiRole,
  userId: string | null = null,
): Promise<pg.Client[]> {
  const sessions: pg.Client[] = [];
  while (sessions.length < count) {
    const rest = Math.min(16, count - sessions.length);
    const opened = await Promise.all(Array.from({ length: rest }, () => database.connect()));
    sessions.push(...opened);
  }
  if (role) await Promise.all(sessions.map((session) => asUser(session, userId, role)));
  return sessions;
}

/** The first row or the refusal. Anything that is no answer of the database is thrown. */
export async function ask<Row extends pg.QueryResultRow = Record<string, unknown>>(
  session: pg.ClientBase,
  text: string,
  values: unknown[] = [],
): Promise<Answer<Row>> {
  try {
    const { rows } = await session.query<Row>(text, values);
    return { row: rows[0] as Row };
  } catch (error) {
    if (error instanceof pg.DatabaseError) {
      return { refusal: { code: error.code ?? "", message: error.message } };
    }
    throw error;
  }
}

export const rowsOf = <Row>(answers: Answer<Row>[]): Row[] =>
  answers.flatMap((answer) => (answer.refusal ? [] : [answer.row]));

export const refusalsOf = <Row>(answers: Answer<Row>[]): Refusal[] =>
  answers.flatMap((answer) => (answer.refusal ? [answer.refusal] : []));

/** "PT409 lease_lost": how a refusal is named in an expectation. */
export const named = (refusal: Refusal | undefined): string =>
  refusal ? `${refusal.code} ${refusal.message}` : "done";

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until so many sessions of the database wait for a lock. */
export async function untilWaiting(database: FreshDatabase, count: number): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const [row] = await database.query<{ waiting: number }>(`
      select count(*)::integer as waiting
      from pg_stat_activity as a
      where a.datname = current_database() and a.wait_event_type = 'Lock'`);
    if ((row?.waiting ?? 0) >= count) return;
    if (Date.now() > deadline) {
      throw new Error(`${row?.waiting} of ${count} sessions wait for a lock after 30 s`);
    }
    await pause(2);
  }
}

/** A lock that a session of its own holds until told to let go. */
export type Gate = { open: () => Promise<void> };

export async function closeGate(
  database: FreshDatabase,
  lock: string,
  values: unknown[],
): Promise<Gate> {
  const keeper = await database.connect();
  await keeper.query("begin");
  await keeper.query(lock, values);
  return {
    open: async () => {
      await keeper.query("commit");
      await keeper.end();
    },
  };
}

export const lockAccount = "select from public.credit_accounts where user_id = $1 for update";

/** Starts all of it behind a closed account and opens that when all are there: a true collision. */
export async function collide<T>(
  database: FreshDatabase,
  userId: string,
  start: () => Promise<T>[],
): Promise<T[]> {
  const gate = await closeGate(database, lockAccount, [userId]);
  const started = start();
  // Who is done before the gate opens did not collide: say so at once.
  const early = Promise.race(started).then((answer) => {
    throw new Error(`one did not wait for the account: ${JSON.stringify(answer)}`);
  });
  try {
    await Promise.race([untilWaiting(database, started.length), early]);
    early.catch(() => {});
  } finally {
    await gate.open();
  }
  return Promise.all(started);
}
