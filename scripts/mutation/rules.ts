import type pg from "pg";
import { type Cut, guardsOf, locksOf, without } from "./bodies.ts";
import { modulesOf } from "./modules.ts";

export const KINDS = [
  "policies",
  "open-policies",
  "checks",
  "uniques",
  "triggers",
  "guards",
  "locks",
] as const;
export type Kind = (typeof KINDS)[number];

/** A rule, the statement that takes it away, and what tests of it are likely to say. */
export type Rule = {
  kind: Kind;
  name: string;
  module: string;
  sql: string;
  /** Tables and functions that it is about, the nearest first. */
  about: string[];
  /** Words of it that a test may name: columns, error words. */
  words: string[];
};

type Found = Omit<Rule, "kind" | "module"> & { kind: Kind };

const SCHEMAS = "('public', 'private', 'video', 'editor', 'social', 'staging')";

const policies = `
  select
    p.schemaname || '.' || p.tablename as relation, p.policyname as name, p.cmd,
    format('%I on %I.%I', p.policyname, p.schemaname, p.tablename) as target
  from pg_policies as p
  where p.schemaname in ${SCHEMAS} or p.policyname like 'Tallybase:%'
  order by 1, 2`;

const checks = `
  select
    c.conrelid::regclass::text as relation, c.conname as name,
    format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as sql,
    array(select a.attname::text from pg_attribute as a where a.attrelid = c.conrelid and a.attnum = any (c.conkey)) as columns
  from pg_constraint as c
  join pg_class as t on t.oid = c.conrelid
  where c.contype = 'c' and t.relnamespace::regnamespace::text in ${SCHEMAS}
  order by 1, 2`;

// Of primary keys those that say something: not a random id alone.
const uniques = `
  select
    i.indrelid::regclass::text as relation, coalesce(c.conname, x.relname) as name,
    case
      when c.oid is not null then format('alter table %s drop constraint %I cascade', i.indrelid::regclass, c.conname)
      else format('drop index %s', i.indexrelid::regclass)
    end as sql,
    array(select a.attname::text from pg_attribute as a where a.attrelid = i.indrelid and a.attnum = any (i.indkey)) as columns
  from pg_index as i
  join pg_class as x on x.oid = i.indexrelid
  left join pg_constraint as c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
  where i.indisunique and x.relnamespace::regnamespace::text in ${SCHEMAS}
    and not (i.indisprimary and i.indnatts = 1 and exists (
      select 1 from pg_attribute as a
      where a.attrelid = i.indrelid and a.attnum = i.indkey[0] and a.attname in ('id', 'key', 'handler')
    ))
  order by 1, 2`;

const triggers = `
  select
    t.tgrelid::regclass::text as relation, t.tgname as name, p.proname as function,
    -- A table of the auth service's: its triggers are not ours to drop, but what they do is.
    case
      when pg_has_role(c.relowner, 'usage') then format('drop trigger %I on %s', t.tgname, t.tgrelid::regclass)
      else replace(pg_get_functiondef(p.oid), p.prosrc, 'begin return coalesce(new, old); end')
    end as sql
  from pg_trigger as t
  join pg_class as c on c.oid = t.tgrelid
  join pg_proc as p on p.oid = t.tgfoid
  where not t.tgisinternal and p.pronamespace = 'private'::regnamespace
  order by 1, 2`;

const functions = `
  select
    n.nspname || '.' || p.proname as name, p.prosrc as body, pg_get_functiondef(p.oid) as definition,
    array(
      select distinct t.tgrelid::regclass::text from pg_trigger as t where t.tgfoid = p.oid
    ) as tables
  from pg_proc as p
  join pg_namespace as n on n.oid = p.pronamespace
  join pg_language as l on l.oid = p.prolang
  where n.nspname in ${SCHEMAS} and l.lanname in ('plpgsql', 'sql') and p.prosqlbody is null
    and not exists (select 1 from pg_depend as d where d.objid = p.oid and d.deptype = 'e')
  order by 1`;

/** Every rule of a built database, in a stable order. */
export async function listRules(client: pg.Client): Promise<Rule[]> {
  const moduleOf = modulesOf();
  // Names of tables come out with their schema.
  await client.query("set search_path = ''");
  const found = [
    ...(await listPolicies(client)),
    ...(await listOfTables(client, "checks", checks, "23514")),
    ...(await listOfTables(client, "uniques", uniques, "23505")),
    ...(await listTriggers(client)),
    ...(await listOfFunctions(client)),
  ];
  return found.map((rule) => ({ ...rule, module: moduleOf(rule.about[0] ?? "") }));
}

async function listPolicies(client: pg.Client): Promise<Found[]> {
  type Row = { relation: string; name: string; cmd: string; target: string };
  const { rows } = await client.query<Row>(policies);
  return rows.flatMap(({ relation, name, cmd, target }) => {
    const using = cmd === "INSERT" ? "" : " using (true)";
    const check = cmd === "SELECT" || cmd === "DELETE" ? "" : " with check (true)";
    const rule = { name: `${relation}: ${name}`, about: [relation], words: ["authenticate_as"] };
    return [
      { ...rule, kind: "policies" as const, sql: `drop policy ${target}` },
      { ...rule, kind: "open-policies" as const, sql: `alter policy ${target}${using}${check}` },
    ];
  });
}

async function listOfTables(
  client: pg.Client,
  kind: Kind,
  text: string,
  code: string,
): Promise<Found[]> {
  type Row = { relation: string; name: string; sql: string; columns: string[] };
  const { rows } = await client.query<Row>(text);
  return rows.map(({ relation, name, sql, columns }) => ({
    kind,
    name: `${relation}: ${name}`,
    sql,
    about: [relation],
    words: [...columns, code],
  }));
}

async function listTriggers(client: pg.Client): Promise<Found[]> {
  type Row = { relation: string; name: string; function: string; sql: string };
  const { rows } = await client.query<Row>(triggers);
  return rows.map((row) => ({
    kind: "triggers",
    name: `${row.relation}: ${row.name}`,
    sql: row.sql,
    about: [row.relation, `private.${row.function}`],
    words: [row.name, row.function],
  }));
}

type FunctionRow = { name: string; body: string; definition: string; tables: string[] };

async function listOfFunctions(client: pg.Client): Promise<Found[]> {
  const { rows } = await client.query<FunctionRow>(functions);
  const callers = (name: string): string[] =>
    rows.filter((row) => row.name !== name && row.body.includes(`${name}(`)).map((row) => row.name);
  return rows.flatMap((row) => {
    const about = [row.name, ...row.tables, ...callers(row.name).slice(0, 10)];
    return (["guards", "locks"] as const).flatMap((kind) => {
      const cuts = kind === "guards" ? guardsOf(row.body) : locksOf(row.body);
      return cuts.map((cut, index) => ({
        kind,
        name: `${row.name}: ${cut.label}${twin(cuts, index)}`,
        sql: row.definition.replace(row.body, () => without(row.body, cut)),
        about,
        words: cut.label.startsWith("raise ") ? [cut.label.slice(6)] : [],
      }));
    });
  });
}

/** A number where a function has the same rule more than once. */
function twin(cuts: Cut[], index: number): string {
  const label = cuts[index]?.label;
  const before = cuts.slice(0, index).filter((cut) => cut.label === label).length;
  return before > 0 ? ` (${before + 1})` : "";
}
