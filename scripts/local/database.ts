import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { uuid_ossp } from "@electric-sql/pglite/contrib/uuid_ossp";
import { vector } from "@electric-sql/pglite/vector";
import { createPgliteConnection, type PgliteConnection } from "@supabase/lite/pglite";
import { createPostgresConnection, type PostgresConnection } from "@supabase/lite/postgres";
import { Mutex } from "./mutex.ts";
import { messageOf, oneLine, StackError } from "./stack_error.ts";

export type Row = Record<string, unknown>;
export type Query = <T = Row>(text: string, params?: readonly unknown[]) => Promise<T[]>;

export interface Database {
  readonly embedded: boolean;
  readonly connection: PgliteConnection | PostgresConnection;
  readonly query: Query;
  // Runs a script of many statements.
  exec(text: string): Promise<void>;
  transaction<T>(
    work: (query: Query, exec: (text: string) => Promise<void>) => Promise<T>,
  ): Promise<T>;
  // PGlite is one connection, and lite begins and ends transactions on it without a lock: two
  // requests at once would share one. So whatever touches it waits here for its turn.
  // On a server every transaction has a connection of its own and nothing waits.
  exclusive<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openEmbedded(directory: string | undefined): Promise<Database> {
  const connection = await connectEmbedded(directory).catch((error: unknown) => {
    throw new StackError(
      `The data in ${directory} cannot be opened (${oneLine(messageOf(error))}): run with --reset, or free disk space.`,
      { cause: error },
    );
  });
  const { driver } = connection;
  const mutex = new Mutex();
  const exec = async (text: string) => void (await driver.exec(text));
  const query: Query = async <T>(text: string, params: readonly unknown[] = []) =>
    (await driver.query<T>(text, [...params])).rows;
  return {
    embedded: true,
    connection,
    query: (text, params) => mutex.run(() => query(text, params)),
    exec: (text) => mutex.run(() => exec(text)),
    exclusive: (work) => mutex.run(work),
    transaction: (work) =>
      mutex.run(async () => {
        await exec("begin");
        try {
          const result = await work(query, exec);
          await exec("commit");
          return result;
        } catch (error) {
          await exec("rollback");
          throw error;
        }
      }),
    close: () => mutex.run(() => connection.close()),
  };
}

async function connectEmbedded(directory: string | undefined): Promise<PgliteConnection> {
  const connection = await createPgliteConnection({
    ...(directory && { url: directory }),
    pgliteOptions: {
      extensions: { vector, uuid_ossp, pg_trgm },
      serializers: TEXTUAL,
      parsers: TIMES,
    },
  });
  await connection.driver.waitReady;
  return connection;
}

export async function openServer(url: string): Promise<Database> {
  const connection = createPostgresConnection({
    url,
    postgresOptions: {
      onnotice: () => {},
      connect_timeout: 10,
      // lite deletes rows of storage with their files, as Supabase's own service may.
      connection: { options: "-c storage.allow_delete_query=true" },
      types: { json: jsonType(114), jsonb: jsonType(3802), bool: BOOLEAN, date: TIME },
    },
  });
  const { driver } = connection;
  type Runner = Pick<typeof driver, "unsafe">;
  const queryOn =
    (sql: Runner) =>
    async (text: string, params: readonly unknown[] = []) =>
      Array.from(await sql.unsafe(text, [...params] as never[]));
  const execOn = (sql: Runner) => async (text: string) => void (await sql.unsafe(text).simple());
  try {
    await driver.unsafe("select 1");
  } catch (error) {
    await connection.close();
    throw new StackError(`The database of --database does not answer: ${messageOf(error)}.`);
  }
  return {
    embedded: false,
    connection,
    query: queryOn(driver) as Query,
    exec: execOn(driver),
    exclusive: (work) => work(),
    transaction: async <T>(
      work: (query: Query, exec: (text: string) => Promise<void>) => Promise<T>,
    ) => (await driver.begin((sql) => work(queryOn(sql) as Query, execOn(sql)))) as T,
    close: () => connection.close(),
  };
}

// Postgres has times that a Date has not (before our era, after the year 9999): they stay text, where
// lite would answer 500 and leave its transaction open.
function timeOf(value: string): Date | string {
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? value : time;
}

// The drivers throw at a value of another type than the column's, or make one of it, and lite has
// but a 500 for that. Postgres judges it instead, as it does behind PostgREST.
function asText(value: unknown): string {
  if (typeof value === "string") return value;
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}

const OIDS = {
  bool: 16,
  text: 25,
  bpchar: 1042,
  varchar: 1043,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
};
const TIMES = Object.fromEntries(
  [OIDS.date, OIDS.timestamp, OIDS.timestamptz].map((oid) => [oid, timeOf]),
);
const TEXTUAL = Object.fromEntries(Object.values(OIDS).map((oid) => [oid, asText]));
const BOOLEAN = {
  to: OIDS.bool,
  from: [OIDS.bool],
  serialize: asText,
  parse: (text: string): unknown => text === "t",
};
const TIME = {
  to: OIDS.timestamptz,
  from: [OIDS.date, OIDS.timestamp, OIDS.timestamptz],
  serialize: asText,
  parse: timeOf,
};

// lite hands JSON over as text already; its own setting for a server would quote it once more.
function jsonType(oid: number) {
  return {
    to: oid,
    from: [oid],
    serialize: (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value)),
    parse: (text: string): unknown => JSON.parse(text),
  };
}
