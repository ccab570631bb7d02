import pg from "pg";
import type { Column, Relation, Routine } from "./catalogue.ts";

/** A body of JSON: each name with the text of its value. */
export type Body = Record<string, string>;

export const bodyOf = (values: Record<string, unknown>): Body =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, JSON.stringify(value ?? null)]),
  );

export const textOf = (body: Body): string =>
  `{${Object.entries(body)
    .map(([name, value]) => `${JSON.stringify(name)}:${value}`)
    .join(",")}}`;

const id = pg.escapeIdentifier;
const table = (thing: { schema: string; name: string }): string =>
  `${id(thing.schema)}.${id(thing.name)}`;

// As PostgREST does it: the body is one JSON, read into a record of the columns' types.
const record = (body: Body, columns: { name: string; type: string }[]): string =>
  `json_to_record($body$${textOf(body)}$body$::json) as b (${columns
    .map((column) => `${id(column.name)} ${column.type}`)
    .join(", ")})`;

const sentOf = <T extends { name: string }>(body: Body, known: T[]): T[] =>
  known.filter((one) => one.name in body);

/** The call of a function with the arguments that the body names. */
export function callSql(routine: Routine, body: Body): string {
  const sent = sentOf(body, routine.parameters);
  const args = sent.map((one) => `${id(one.name)} => b.${id(one.name)}`).join(", ");
  const source = sent.length > 0 ? `${record(body, sent)} cross join lateral ` : "";
  const call = `${table(routine)}(${args})`;
  return `select ${routine.is_void ? "true as called" : "r.*"} from ${source}${call} as r`;
}

/** The insert of one row; an upsert takes the row of the same key over, as supabase-js does. */
export function insertSql(relation: Relation, body: Body, upsert = false): string {
  const sent = sentOf(body, relation.insert);
  const names = sent.map((column) => id(column.name)).join(", ");
  const values = sent.map((column) => `b.${id(column.name)}`).join(", ");
  const sets = sentOf(body, relation.update)
    .map((column) => `${id(column.name)} = excluded.${id(column.name)}`)
    .join(", ");
  const key = relation.key.map(id).join(", ");
  const conflict = upsert && sets ? ` on conflict (${key}) do update set ${sets}` : "";
  return `insert into ${table(relation)} (${names}) select ${values} from ${record(body, sent)}${conflict} returning *`;
}

/** The update of the row that has this key. */
export function updateSql(
  relation: Relation,
  body: Body,
  target: Record<string, unknown>,
  columns: Column[] = relation.update,
): string {
  const sent = sentOf(body, columns);
  const sets = sent.map((column) => `${id(column.name)} = b.${id(column.name)}`).join(", ");
  const where = relation.key
    .map((name) => `t.${id(name)} = ${pg.escapeLiteral(String(target[name]))}`)
    .join(" and ");
  return `update ${table(relation)} as t set ${sets} from ${record(body, sent)} where ${where} returning t.*`;
}
