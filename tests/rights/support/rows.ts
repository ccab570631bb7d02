import type pg from "pg";
import { nameOf } from "../../../scripts/rights/matrix.ts";

// One row of every table for each user, made from the catalogue: what a column needs is given by its
// type, and by hand where a check wants more. Every expression is of x: its label, its number n and
// its user_id. So the same text makes the rows of two users and those of thousands of neighbours.

export type Table = {
  schema: string;
  name: string;
  columns: { name: string; type: string; category: string; needed: boolean }[];
  key: string[];
  parents: { column: string; table: string }[];
};

const TABLES = `
  select
    n.nspname as schema, c.relname as name,
    (
      select jsonb_agg(
        jsonb_build_object(
          'name', a.attname, 'type', format_type(a.atttypid, null), 'category', t.typcategory,
          'needed', a.attnotnull and not a.atthasdef and a.attidentity = ''
        ) order by a.attnum
      )
      from pg_attribute as a join pg_type as t on t.oid = a.atttypid
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    ) as columns,
    (
      select jsonb_agg(a.attname order by k.place)
      from pg_index as i
      cross join unnest(i.indkey::smallint[]) with ordinality as k (attnum, place)
      join pg_attribute as a on a.attrelid = c.oid and a.attnum = k.attnum
      where i.indrelid = c.oid and i.indisprimary
    ) as key,
    (
      select coalesce(
        jsonb_agg(jsonb_build_object('column', a.attname, 'table', f.confrelid::regclass::text)), '[]'
      )
      from pg_constraint as f
      join pg_attribute as a on a.attrelid = c.oid and a.attnum = f.conkey[1]
      where f.conrelid = c.oid and f.contype = 'f' and cardinality(f.conkey) = 1
    ) as parents
  from pg_class as c
  join pg_namespace as n on n.oid = c.relnamespace
  where n.nspname = any ($1) and c.relkind in ('r', 'p')
  order by 1, 2`;

export async function tablesOf(client: pg.ClientBase, schemas: string[]): Promise<Table[]> {
  // Names with their schemas, whatever the search_path of the session is.
  await client.query("set search_path = pg_catalog");
  return (await client.query<Table>(TABLES, [schemas])).rows;
}

/** The column that says whose row it is. */
export const ownerColumn = (table: {
  schema: string;
  name: string;
  columns: { name: string }[];
}) =>
  nameOf(table) === "public.profiles"
    ? "id"
    : table.columns.some(({ name }) => name === "user_id")
      ? "user_id"
      : undefined;

const uuidOf = (table: string, label = "x.label") => `md5('${table} ' || ${label})::uuid`;

// What the types do not say. A new table that fails here gets a line.
const BY_HAND: Record<string, Record<string, string>> = {
  "public.auto_top_ups": { threshold: "1", unit_amount: "1", monthly_cap: "1" },
  "public.credit_holds": { amount: "1" },
  "public.credit_lots": { granted: "1", remaining: "1", priority: "1" },
  "public.credit_transactions": {
    transaction_type: "'purchase'",
    ...{ amount: "0", balance_before: "0", balance_after: "0", debt_before: "0", debt_after: "0" },
  },
  "public.email_logs": { status: "'sent'" },
  "public.invoices": { currency: "'usd'" },
  "public.job_attempts": { outcome: "'completed'" },
  "public.jobs": {
    type: "'stage:run'",
    subject_id: uuidOf("staging.images"),
    due_at: "now() + interval '1 hour'",
  },
  "public.notifications_outbox": { kind: "'low_balance'" },
  "public.prices": { currency: "'usd'", type: "'recurring'" },
  "public.shared_files": { bucket_id: "'results'", name: "x.user_id || '/' || x.label || '.png'" },
  "public.subscriptions": { status: "'active'" },
  "public.top_ups": { id: uuidOf("public.checkouts"), status: "'paid'", ended_at: "now()" },
  "public.webhook_events": { source: "'stripe'" },
  "editor.image_operations": {
    image_id: uuidOf("editor.images"),
    operation_type: "'vectorize'",
  },
  "editor.image_pipelines": { steps: `'[{"operation_type": "vectorize"}]'` },
  "editor.images": { original_url: "x.user_id || '/a.png'", upload_path: "x.user_id || '/a.png'" },
  "social.ai_decisions": { decision: "'respond'", confidence: "1" },
  "social.ai_models": { model_type: "'fast'" },
  "social.bertopic_models": { model_version: "'20260101_000000'" },
  "social.checkpoint_blobs": { thread_id: "x.label" },
  "social.checkpoint_writes": { thread_id: "x.label" },
  "social.checkpoints": { thread_id: "x.label" },
  "social.ai_studio_conversation_metadata": { thread_id: "x.label" },
  "social.analytics": { content_id: uuidOf("social.monitored_posts") },
  "social.comments": { monitored_post_id: uuidOf("social.monitored_posts") },
  "social.conversation_messages": { direction: "'outbound'", content: "'hello'" },
  "social.monitored_posts": { platform: "'instagram'" },
  "social.scheduled_posts": {
    platform: "'instagram'",
    content_json: `'{"text": "hello"}'`,
    publish_at: "now() + interval '1 day'",
  },
  "social.support_escalations": { reason: "'complex_issue'" },
  "staging.images": {
    status: "'ready'",
    original_url: "x.user_id || '/a.png'",
    upload_path: "x.user_id || '/a.png'",
  },
  "staging.options": { kind: "'style'", code: "'a_style'" },
  "video.generations": { model: "'veo-fast'" },
  "video.model_limits": { seconds: "'{8}'", default_seconds: "8" },
  "video.storyboard_runs": { shots: "1" },
  "video.tool_chain_runs": { steps: "1" },
  "video.tools": { makes: "'image'" },
};

/** What inserts a table's rows for the rows of x: (label text, n integer, user_id uuid). */
export function insertRows(table: Table, tables: Table[], x: string): string {
  const owner = ownerColumn(table);
  const values = new Map<string, string>();
  for (const column of table.columns) {
    const parent = table.parents.find((each) => each.column === column.name)?.table;
    const byHand = BY_HAND[nameOf(table)]?.[column.name];
    if (byHand !== undefined) values.set(column.name, byHand);
    else if (column.name === owner) values.set(column.name, "x.user_id");
    else if (isKey(table, column.name)) values.set(column.name, keyOf(table));
    else if (!column.needed) continue;
    else if (parent) values.set(column.name, parentKey(parent, tables));
    else values.set(column.name, anyValue(column));
  }
  // What signing up made is there already.
  const unless = owner
    ? `where not exists (select from ${quoted(table)} as t where t.${owner} = x.user_id)`
    : "";
  return `insert into ${quoted(table)} (${[...values.keys()].map((each) => `"${each}"`).join(", ")})
    select ${[...values.values()].join(", ")} from ${x} ${unless} on conflict do nothing`;
}

export const quoted = ({ schema, name }: { schema: string; name: string }) =>
  `"${schema}"."${name}"`;

/** A key of one column that is no owner: made of the table's name and the label, for its children to name. */
const isKey = (table: Table, column: string) =>
  table.key.length === 1 && table.key[0] === column && ownerColumn(table) !== column;

function keyOf(table: Table): string {
  const type = table.columns.find(({ name }) => name === table.key[0])?.type;
  if (type === "uuid") return uuidOf(nameOf(table));
  if (type === "text") return "x.label";
  return "x.n";
}

function parentKey(name: string, tables: Table[]): string {
  const parent = tables.find((table) => nameOf(table) === name);
  if (!parent) throw new Error(`${name} is not in an exposed schema`);
  if (ownerColumn(parent) && parent.key[0] === ownerColumn(parent)) return "x.user_id";
  const label = ownerColumn(parent) ? "x.label" : "'shared'";
  return keyOf(parent).replaceAll("x.label", label);
}

function anyValue({ name, type, category }: { name: string; type: string; category: string }) {
  if (type === "uuid") return `md5('${name} ' || x.label)::uuid`;
  if (type === "jsonb") return "'{}'";
  if (type === "bytea") return "'\\x00'";
  if (type === "date") return "current_date";
  if (type === "boolean") return "true";
  // Strings, numbers, times, arrays, enumerations.
  if (category === "S") return "x.label";
  if (category === "N") return type === "numeric" || type.startsWith("double") ? "1" : "x.n";
  if (category === "D") return "now()";
  if (category === "A") return "'{}'";
  if (category === "E") return `(enum_range(null::${type}))[1]`;
  throw new Error(`a value of the type ${type} for ${name} is to be given by hand`);
}
