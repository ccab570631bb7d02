import type pg from "pg";
import { quoted } from "./rows.ts";

/** A column that can hold words, of any table of the database. */
export type Column = { schema: string; name: string; column: string; type: string };

export const labelOf = ({ schema, name, column }: Column): string => `${schema}.${name}.${column}`;

/** Whose rows: each id of theirs, and the word that stands for all of theirs. */
export type Person = { ids: string[]; marker: string };

/** The address that stands for theirs, since no word is one. */
export const ADDRESS = "203.0.113.77";

const COLUMNS = `
  select n.nspname as schema, c.relname as name, a.attname as column, format_type(a.atttypid, null) as type
  from pg_class as c
  join pg_namespace as n on n.oid = c.relnamespace
  join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  where c.relkind = 'r' and n.nspname !~ '^pg_'
    and n.nspname not in ('information_schema', 'extensions', 'tests', 'supabase_migrations')
    and format_type(a.atttypid, null) in (
      'text', 'character varying', 'text[]', 'character varying[]', 'json', 'jsonb', 'bytea', 'tsvector', 'inet'
    )`;

// By these the inbox finds its versions and a lane its jobs: no word of a user gets there.
const JOINTS =
  "(billing_(objects|versions)|webhook_events|job_lanes)\\.(source|type|id|.*_id|.*_type|waiting_for|object|previous)|jobs\\.next_type";

// A reference says nothing that the row it names does not.
const WRITABLE = `${COLUMNS}
    and n.nspname in ('public', 'private', 'video', 'editor', 'social', 'staging')
    and c.relname || '.' || a.attname !~ '^(${JOINTS})$'
    and not exists (
      select from pg_constraint as f
      where f.conrelid = c.oid and f.contype = 'f' and a.attnum = any (f.conkey)
    )
  order by 1, 2, a.attnum`;

/**
 * Puts the word into every column that can hold it, of every row that names the person.
 * What is left out is what a check lets hold only words of ours.
 */
export async function plant(client: pg.Client, person: Person): Promise<Column[]> {
  const planted: Column[] = [];
  await client.query("set session_replication_role = replica");
  const mine = `t::text ~ '${[...person.ids, person.marker].join("|")}'`;
  for (const column of (await client.query<Column>(WRITABLE)).rows) {
    for (const value of valuesOf(column, person.marker)) {
      const update = `update ${quoted(column)} as t set "${column.column}" = ${value} where ${mine}`;
      const rows = await client.query(update).then(
        (result) => result.rowCount ?? 0,
        () => 0, // a check or a key that has no room for this word
      );
      if (rows === 0) continue;
      planted.push(column);
      break;
    }
  }
  await client.query("set session_replication_role = origin");
  return planted;
}

/** What to try, as SQL: beside what is there, else instead of it. */
function valuesOf({ column, type }: Column, marker: string): string[] {
  const was = `t."${column}"`;
  const word = `'${marker}' || left(md5(t.ctid::text), 4)`;
  switch (type) {
    case "text[]":
    case "character varying[]":
      return [`${was} || ${word}`];
    case "bytea":
      return [`convert_to('${marker}', 'UTF8')`];
    case "tsvector":
      return [`to_tsvector('simple', '${marker}')`];
    case "inet":
      return [`'${ADDRESS}'`];
    case "json":
    case "jsonb":
      return [
        `case jsonb_typeof(${was}::jsonb)
           when 'object' then ${was}::jsonb || '{"note": "${marker}"}'
           when 'array' then ${was}::jsonb || '["${marker}"]'
           else '{"note": "${marker}"}'
         end`,
        // A list of files has objects alone.
        `'[{"path": "${marker}"}]'`,
      ].slice(column === "files" ? 1 : 0);
    default:
      return [`coalesce(${was}, '') || ${word}`, word];
  }
}

/** The columns of the whole database in which one of the words is. */
export async function whereIs(client: pg.Client, words: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const column of (await client.query<Column>(`${COLUMNS} order by 1, 2, 3`)).rows) {
    const value = column.type === "bytea" ? "encode(t.$, 'escape')" : "t.$::text";
    const { rows } = await client.query(
      `select from ${quoted(column)} as t where ${value.replace("$", `"${column.column}"`)} ~ $1 limit 1`,
      [words.map((word) => word.replaceAll(".", "\\.")).join("|")],
    );
    if (rows.length > 0) found.push(labelOf(column));
  }
  return found;
}
