import type pg from "pg";
import {
  columnsFor,
  granted,
  nameOf,
  type Relation,
  roleOf,
  type Verb,
  type Who,
} from "../../../scripts/rights/matrix.ts";
import { ownerColumn, quoted, type Table } from "./rows.ts";
import { type Found, literal, type World } from "./world.ts";

/** One statement by one of them, and what it must come to. */
export type Attempt = {
  who: Who;
  what: string;
  /** Run before it, by a superuser, without triggers. */
  before?: string | undefined;
  statement: string;
  /** Run after it, by a superuser: its one number is the rows that count. */
  after?: string;
  /** Without triggers: the policy stands alone. */
  bare?: boolean;
  /** The row is read or written; it is not found; a policy or a rule refuses it; either; the grant is missing. */
  expected: "one row" | "no row" | "refused" | "refused or no row" | "denied";
};

// Runs a statement as PostgREST would run it for that user, and takes it back.
const ATTEMPT = `
  create or replace function pg_temp.attempt(
    p_role text, p_claims text, p_before text, p_statement text, p_after text, p_bare boolean
  )
  returns text
  language plpgsql
  as $$
  declare
    v_rows bigint;
  begin
    perform set_config('session_replication_role', 'replica', true);
    if p_before is not null then
      execute p_before;
    end if;
    if not p_bare then
      perform set_config('session_replication_role', 'origin', true);
    end if;
    perform set_config('request.jwt.claims', p_claims, true);
    perform set_config('role', p_role, true);
    execute p_statement;
    get diagnostics v_rows = row_count;
    if p_after is not null then
      perform set_config('role', 'none', true);
      execute p_after into v_rows;
    end if;
    raise exception using errcode = 'XX999', message = v_rows::text;
  exception when others then
    return sqlstate || ' ' || sqlerrm;
  end;
  $$`;

export const prepareAttempts = (client: pg.ClientBase) => client.query(ATTEMPT);

/** What did not come to what it must, in words. */
export async function run(
  world: World,
  relation: Relation,
  attempts: Attempt[],
): Promise<string[]> {
  const calls = attempts.map(({ who, before, statement, after, bare = false }) => ({
    role: roleOf(who),
    claims: JSON.stringify({
      ...(who in world.people && { sub: world.people[who as keyof World["people"]] }),
      role: roleOf(who),
    }),
    before,
    statement,
    after,
    bare,
  }));
  const { rows } = await world.client.query<{ outcome: string }>(
    `select pg_temp.attempt(a.role, a.claims, a.before, a.statement, a.after, a.bare) as outcome
     from rows from (
       jsonb_to_recordset($1) as (
         role text, claims text, before text, statement text, after text, bare boolean
       )
     ) with ordinality as a (role, claims, before, statement, after, bare, place)
     order by a.place`,
    [JSON.stringify(calls)],
  );
  return attempts.flatMap(({ who, what, expected }, index) => {
    const outcome = rows[index]?.outcome ?? "";
    return isExpected(expected, outcome)
      ? []
      : [`${nameOf(relation)}: ${who} ${what}: must be ${expected}, was ${outcome}`];
  });
}

function isExpected(expected: Attempt["expected"], outcome: string): boolean {
  const code = outcome.slice(0, 5);
  switch (expected) {
    case "one row":
      return outcome === "XX999 1";
    case "no row":
      return outcome === "XX999 0";
    case "refused":
      // By the policy, or before it by a rule: the parent, the user, the work is not theirs.
      return (
        (outcome.startsWith("42501") && !outcome.includes("permission denied")) ||
        /^PT4\d\d/.test(outcome)
      );
    case "refused or no row":
      return isExpected("refused", outcome) || isExpected("no row", outcome);
    case "denied":
      // Not granted; or nobody's to write: a generated or computed column, a grouped view.
      return (
        outcome.startsWith("42501 permission denied") || ["0A000", "55000", "428C9"].includes(code)
      );
  }
}

export function attemptsOf(relation: Relation, who: Who, found: Found, tables: Table[]): Attempt[] {
  const name = quoted(relation);
  const { where, before } = aim(relation, found, tables);
  return [
    {
      who,
      what: "select",
      statement: `select from ${name} as t where ${found.where}`,
      expected: expectedOf(relation, "select", who),
    },
    // Each column by itself, to the value that it has.
    ...relation.columns.map((column) => ({
      who,
      what: `update of ${column}`,
      before,
      statement: `update ${name} as t set "${column}" = ${currentOf(relation, found, column)}${where}`,
      expected: expectedOf(relation, "update", who, column),
    })),
    ...inserts(relation, who, found, tables),
    {
      who,
      what: "delete",
      before: [before, letGo(relation, tables)].filter(Boolean).join("; ") || undefined,
      statement: `delete from ${name} as t${where}`,
      expected: expectedOf(relation, "delete", who),
    },
  ];
}

/**
 * Writes of a table name no row, and the owner's is the only one: to find a row is to read it, and a
 * policy for reading would cover up one for writing that is open. Views have no policies, and
 * profiles are needed to know who asks: those find their row.
 */
function aim(relation: Relation, found: Found, tables: Table[]) {
  const blind =
    tables.some((table) => nameOf(table) === nameOf(relation)) &&
    nameOf(relation) !== "public.profiles";
  return blind
    ? { where: "", before: `delete from ${quoted(relation)} as t where not (${found.where})` }
    : { where: ` where ${found.where}` };
}

function expectedOf(
  relation: Relation,
  verb: Verb,
  who: Who,
  column?: string,
): Attempt["expected"] {
  const has = (columns: string[] | undefined) =>
    columns !== undefined && (column === undefined || columns.includes(column));
  if (has(columnsFor(relation, verb, who))) return "one row";
  return has(granted(relation, verb, who)) ? "no row" : "denied";
}

/** All columns that are granted at once, and each that is not by itself. */
function inserts(relation: Relation, who: Who, found: Found, tables: Table[]): Attempt[] {
  const columns = granted(relation, "insert", who) ?? [];
  const insert = (some: string[]) => insertOf(relation, found, some);
  const denied = relation.columns
    .filter((column) => !columns.includes(column))
    .map(
      (column): Attempt => ({
        who,
        what: `insert of ${column}`,
        statement: insert([column]),
        expected: "denied",
      }),
    );
  if (columns.length === 0) return denied;
  const table = tables.find((each) => nameOf(each) === nameOf(relation));
  const generated = generatedColumns(relation, table);
  const whole: Attempt = {
    who,
    what: "insert",
    before: `delete from ${quoted(relation)} as t where ${found.where}`,
    statement: insert(columns.filter((column) => !generated.includes(column))),
    expected: columnsFor(relation, "insert", who) ? "one row" : "refused",
  };
  if (whole.expected === "one row" || !saysWhose(table, columns)) return [whole, ...denied];
  return [whole, { ...whole, what: "insert without triggers", bare: true }, ...denied];
}

export const insertOf = (relation: Relation, found: Pick<Found, "row">, some: string[]): string =>
  `insert into ${quoted(relation)} (${some.map((each) => `"${each}"`).join(", ")})
   values (${some.map((each) => currentOf(relation, found, each)).join(", ")})`;

/** Whether the row would be the owner's or nobody's if no trigger looked: a default makes it the caller's. */
function saysWhose(table: Table | undefined, columns: string[]): boolean {
  const owner = table && ownerColumn(table);
  if (!owner) return table !== undefined;
  return (
    columns.includes(owner) || table.columns.some((each) => each.name === owner && each.needed)
  );
}

function generatedColumns(relation: Relation, table: Table | undefined): string[] {
  if (!table) return [];
  return relation.columns.filter((column) => !table.columns.some(({ name }) => name === column));
}

// By the row type, so that every value has its column's type, whatever JSON made of it.
const currentOf = (relation: Relation, found: Pick<Found, "row">, column: string): string =>
  `(jsonb_populate_record(null::${quoted(relation)}, ${literal({ [column]: found.row[column] ?? null })})).${`"${column}"`}`;

/** Rows that would hold the row back by their foreign key: business, not a right. */
function letGo(relation: Relation, tables: Table[]): string | undefined {
  const children = tables.filter((table) =>
    table.parents.some((parent) => parent.table === nameOf(relation)),
  );
  const statements = children
    .filter((table) => nameOf(table) !== nameOf(relation))
    .map((table) => `delete from ${quoted(table)}`);
  return statements.length > 0 ? statements.join("; ") : undefined;
}
