import { randomBytes } from "node:crypto";
import pg from "pg";
import { cloneDatabase, dropDatabase } from "../local/server/databases.ts";
import { ensureServer, type Server, urlOf, withClient } from "../local/server/index.ts";
import { ensureTemplate } from "../local/server/template.ts";
import { supabase } from "./cli.ts";
import { DriftError } from "./config.ts";
import { migrate } from "./migrations.ts";
import { concatenateSources } from "./sources.ts";

/**
 * Proves that supabase/migrations and sql/ make the same database: the objects
 * by pg-delta, the seeded rows by comparing every table.
 */
export async function verify(): Promise<string> {
  const server = await ensureServer();
  const id = randomBytes(3).toString("hex");
  const [sources, again, migrations] = ["sources", "again", "migrations"].map(
    (name) => `${server.prefix}_verify_${id}_${name}`,
  ) as [string, string, string];
  try {
    const shape = await ensureTemplate(server, { content: "shape" });
    for (const name of [sources, again, migrations]) await cloneDatabase(server, name, shape);
    const sql = concatenateSources();
    for (const name of [sources, again]) {
      await withClient(urlOf(server, name, server.owner), (client) => client.query(sql));
    }
    await migrate(urlOf(server, migrations, server.owner));
    await compareObjects(server, migrations, sources);
    const tables = await compareRows(server, { sources, again, migrations });
    return `sql/ and the migrations make the same database (rows of ${tables} tables compared)`;
  } finally {
    for (const name of [sources, again, migrations]) await dropDatabase(server, name);
    await server.stop();
  }
}

async function compareObjects(server: Server, from: string, to: string): Promise<void> {
  const [a, b] = [from, to].map((name) => urlOf(server, name, server.owner));
  const { stdout } = await supabase([
    "db",
    "diff",
    "--use-pg-delta",
    "--from",
    `${a}`,
    "--to",
    `${b}`,
  ]);
  const statements = stdout.replace(/^SET local check_function_bodies = off;$/m, "").trim();
  if (statements !== "" && !/^No schema changes found/.test(statements)) {
    throw new DriftError(`to get from the migrations to sql/ it takes:\n${statements}`);
  }
}

/** A row as text by column, and all rows of a table in a stable order. */
type Rows = Record<string, string | null>[];

/**
 * Two builds of one source differ where a default is random or the time: a
 * column that differs between `sources` and `again` says nothing about drift.
 */
async function compareRows(
  server: Server,
  names: { sources: string; again: string; migrations: string },
): Promise<number> {
  const [sources, again, migrations] = await Promise.all(
    [names.sources, names.again, names.migrations].map((name) => readRows(server, name)),
  );
  const tables = Object.keys({ ...sources, ...migrations });
  for (const table of tables) {
    const [a = [], b = [], c = []] = [sources?.[table], again?.[table], migrations?.[table]];
    const columns = Object.keys(a[0] ?? c[0] ?? {});
    const stable = columns.filter((column) => values(a, [column]) === values(b, [column]));
    if (values(a, stable) !== values(c, stable) || a.length !== c.length) {
      throw new DriftError(`${table}: the rows that sql/ seeds are not those of the migrations`);
    }
  }
  return tables.length;
}

function values(rows: Rows, columns: string[]): string {
  return rows
    .map((row) => JSON.stringify(columns.map((column) => row[column] ?? null)))
    .sort()
    .join("\n");
}

async function readRows(server: Server, database: string): Promise<Record<string, Rows>> {
  return withClient(urlOf(server, database), async (client) => {
    const { rows: tables } = await client.query<{ schema: string; name: string }>(`
      select n.nspname as schema, c.relname as name
      from pg_class as c
      join pg_namespace as n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p')
        and not c.relispartition
        and n.nspname not in ('information_schema', 'supabase_migrations')
        and n.nspname !~ '^pg_'
        and not exists (
          select from pg_depend as d where d.objid = c.oid and d.deptype = 'e'
        )
      order by 1, 2
    `);
    const all: Record<string, Rows> = {};
    for (const { schema, name } of tables) {
      const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
      const { rows } = await client.query<{ row: Rows[number] }>(
        `select jsonb_object_agg(f.key, f.value) as row
         from ${table} as t, lateral jsonb_each_text(to_jsonb(t)) as f
         group by t.ctid, t.tableoid`,
      );
      all[`${schema}.${name}`] = rows.map((each) => each.row);
    }
    return all;
  });
}
