import pg from "pg";
import { nameOf, type Relation } from "../../../scripts/rights/matrix.ts";
import type { FreshDatabase } from "../../support/database.ts";
import { insertRows, ownerColumn, quoted, type Table, tablesOf } from "./rows.ts";

export const SCHEMAS = ["public", "editor", "social", "staging", "video"];

export type Person = "owner" | "other" | "admin";

/** A database in which the owner and another user have one row of everything. */
export type World = {
  client: pg.Client;
  tables: Table[];
  people: Record<Person, string>;
  close: () => Promise<void>;
};

export async function makeWorld(database: FreshDatabase): Promise<World> {
  const client = new pg.Client({ connectionString: database.superuserUrl });
  client.on("error", () => {});
  await client.connect();
  const people = {
    owner: await signUp(client, "owner"),
    other: await signUp(client, "other"),
    admin: await signUp(client, "admin"),
  };
  await client.query(
    "select private.grant_credits(u, 1, 'purchase') from unnest($1::uuid[]) as u",
    [[people.owner, people.other]],
  );
  const tables = await tablesOf(client, SCHEMAS);
  await withoutTriggers(client, async () => {
    await client.query("update public.profiles set role = 'admin' where id = $1", [people.admin]);
    for (const table of tables) {
      const users = `('owner', 1, '${people.owner}'::uuid), ('other', 2, '${people.other}'::uuid)`;
      const rows = ownerColumn(table) ? users : "('shared', 1, null::uuid)";
      await insert(client, table, tables, `(values ${rows}) as x (label, n, user_id)`);
    }
    await client.query(
      "insert into storage.objects (bucket_id, name) select 'uploads', u || '/a.png' from unnest($1::text[]) as u",
      [[people.owner, people.other]],
    );
  });
  return { client, tables, people, close: () => client.end() };
}

/** Many more users, each with a row of everything that has a user. */
export async function addNeighbours(world: World, count: number, only?: string[]): Promise<void> {
  const x = `(select 'n' || n, n, md5(n::text)::uuid from generate_series(3, ${count}) as n) as x (label, n, user_id)`;
  await withoutTriggers(world.client, async () => {
    for (const table of world.tables) {
      if (!ownerColumn(table) || (only && !only.includes(nameOf(table)))) continue;
      await insert(world.client, table, world.tables, x);
      await world.client.query(`analyze ${quoted(table)}`);
    }
  });
}

async function insert(client: pg.Client, table: Table, tables: Table[], x: string): Promise<void> {
  await client.query(insertRows(table, tables, x)).catch((error: pg.DatabaseError) => {
    const hint =
      "tests/rights/support/rows.ts makes rows from the columns' types; add it to BY_HAND";
    throw new Error(`${nameOf(table)} has no row: ${error.message}. ${hint}`, { cause: error });
  });
}

async function signUp(client: pg.Client, name: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>("select tests.create_user($1) as id", [
    `${name}@example.com`,
  ]);
  return rows[0]?.id ?? "";
}

async function withoutTriggers(client: pg.Client, use: () => Promise<void>): Promise<void> {
  await client.query("set session_replication_role = replica");
  await use();
  await client.query("set session_replication_role = origin");
}

/** A row as JSON, and what finds it. */
export type Found = { row: Record<string, unknown>; where: string };

/** The row that this user has there; where rows have no user, one that every signed-in user may see. */
export async function rowOf(world: World, relation: Relation, who: Person): Promise<Found> {
  const key = keyOf(world, relation);
  // As a superuser, or as the service: some views ask who looks at them.
  const look = async (role: string) => {
    await world.client.query(`set role ${role}`);
    const { rows } = await world.client.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from ${quoted(relation)} as t
       where ${condition(world, relation, who)}
       order by ${key.map((each) => `t."${each}"`).join(", ")} limit 1`,
    );
    await world.client.query("reset role");
    return rows[0]?.row;
  };
  const row = (await look("none")) ?? (await look("service_role"));
  if (!row) throw new Error(`${nameOf(relation)} has no row of the ${who}`);
  const where = key.map((each) => `t."${each}" = ${literal(row[each])}`).join(" and ");
  return { row, where };
}

// How a view without a user and without the id of one knows whose row is whose.
const BY_HAND: Record<string, (userId: string) => string> = {
  "staging.jobs": (userId) =>
    `t.image_id in (select i.id from staging.images as i where i.user_id = '${userId}')`,
};

function condition(world: World, relation: Relation, who: Person): string {
  const userId = world.people[who];
  const byHand = BY_HAND[nameOf(relation)];
  if (byHand) return byHand(userId);
  if (relation.columns.includes("user_id")) return `t.user_id = '${userId}'`;
  if (PEOPLE.includes(nameOf(relation))) return `t.id = '${userId}'`;
  return "true";
}

/** Relations whose id is a user's. */
const PEOPLE = [
  "public.profiles",
  "editor.profiles",
  "editor.user_analytics",
  "social.customers",
  "social.users",
  "staging.users",
  "video.user_profiles",
];

function keyOf(world: World, relation: Relation): string[] {
  const table = world.tables.find((each) => nameOf(each) === nameOf(relation));
  if (table) return table.key;
  return relation.columns.includes("id") ? ["id"] : relation.columns.slice(0, 2);
}

export const literal = (value: unknown): string =>
  value === null || value === undefined
    ? "null"
    : pg.escapeLiteral(typeof value === "object" ? JSON.stringify(value) : String(value));
