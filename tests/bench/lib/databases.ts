import {
  cloneDatabase,
  createDatabase,
  type Database,
  dropDatabase,
} from "../../../scripts/local/server/databases.ts";
import { urlOf, withClient } from "../../../scripts/local/server/types.ts";
import type { Bench } from "./types.ts";

export type { Database };

/** A database with Tallybase in it, dropped after use. */
export async function withTallybase<T>(
  { server }: Bench,
  name: string,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await createDatabase(server, `${server.prefix}_bench_${name}`, {
    content: "migrated",
  });
  try {
    return await use(database);
  } finally {
    await dropDatabase(server, database.name);
  }
}

/** An empty database, for what is measured against. */
export async function withEmpty<T>(
  { server }: Bench,
  name: string,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  const full = `${server.prefix}_bench_${name}`;
  await cloneDatabase(server, full, "template0");
  try {
    return await use({
      name: full,
      url: urlOf(server, full, server.owner),
      superuserUrl: urlOf(server, full),
    });
  } finally {
    await dropDatabase(server, full);
  }
}

/** Statements one after the other, as the superuser: set-up, not what is measured. */
export async function prepare(database: Database, ...statements: string[]): Promise<void> {
  await withClient(database.superuserUrl, async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}

export async function ask<T>(database: Database, query: string, values?: unknown[]): Promise<T[]> {
  return withClient(database.superuserUrl, async (client) => {
    const { rows } = await client.query(query, values);
    return rows as T[];
  });
}
