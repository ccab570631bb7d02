import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  columnsFor,
  granted,
  nameOf,
  type Relation,
  readMatrix,
  type Who,
} from "../../scripts/rights/matrix.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { LISTS } from "./support/lists.ts";
import { ANALYZED, callsPerRow, planOf, repeated, wholeScans } from "./support/plans.ts";
import { quoted } from "./support/rows.ts";
import { addNeighbours, makeWorld, type World } from "./support/world.ts";

// What the policies cost: their functions run once a statement, and nobody reads their
// neighbours' rows to get at their own. Each table has rows of some thousand neighbours.

const relations = readMatrix();
let database: FreshDatabase;
let world: World;

beforeAll(async () => {
  database = await freshDatabase();
  world = await makeWorld(database);
  await addNeighbours(world, 3000);
});
afterAll(async () => {
  await world?.close();
  await database?.close();
});

const readers: Who[] = ["anon", "owner", "admin"];
const named = (some: Relation[]) => some.map((relation) => [nameOf(relation), relation] as const);

describe("the policies' functions run once a statement", () => {
  test.each(named(relations))("reading %s", async (_, relation) => {
    for (const who of readers.filter((each) => granted(relation, "select", each))) {
      const plan = await planOf(world, who, `select * from ${quoted(relation)}`, ANALYZED);
      expect(callsPerRow(plan), who).toEqual([]);
      expect(repeated(plan), who).toEqual([]);
    }
  });

  const changed = relations.filter((relation) => granted(relation, "update", "owner"));
  test.each(named(changed))("updating %s", async (_, relation) => {
    const [column] = granted(relation, "update", "owner") ?? [];
    const query = `update ${quoted(relation)} set "${column}" = "${column}"`;
    expect(callsPerRow(await planOf(world, "owner", query))).toEqual([]);
  });

  const deleted = relations.filter((relation) => granted(relation, "delete", "owner"));
  test.each(named(deleted))("deleting from %s", async (_, relation) => {
    const plan = await planOf(world, "owner", `delete from ${quoted(relation)}`);
    expect(callsPerRow(plan)).toEqual([]);
  });
});

/** Those where users see rows of their own, and nobody else's. */
const own = relations.filter(
  (relation) => columnsFor(relation, "select", "owner") && !columnsFor(relation, "select", "other"),
);

describe("without a filter of their own, users reach their rows by an index", () => {
  test.each(named(own))("in %s", async (_, relation) => {
    for (const limit of ["", " limit 20"]) {
      const plan = await planOf(world, "owner", `select * from ${quoted(relation)}${limit}`);
      expect(wholeScans(plan, world, "owner"), limit).toEqual([]);
    }
  });
});

// "Own rows, admins all" is a range that the planner takes for one row in 200, whoever asks. With
// an index in the order of time it then hopes to meet the newest 20 soon, and reads the neighbours':
// at a million rows a list of a user with one in a thousand read 49,000 of theirs.
test("no index in the order of time alone tempts a user's list", async () => {
  const { rows } = await world.client.query<{ index: string }>(
    `select c.oid::regclass || ': ' || i.indexrelid::regclass as index
     from pg_index as i
     join pg_class as c on c.oid = i.indrelid
     join pg_class as x on x.oid = i.indexrelid
     join pg_am as m on m.oid = x.relam
     join pg_attribute as a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where m.amname = 'btree' and i.indpred is null
       and a.atttypid in ('timestamptz'::regtype, 'date'::regtype)
       and c.relnamespace::regnamespace::text || '.' || c.relname = any ($1)
     order by 1`,
    [own.map(nameOf)],
  );
  // A user has one profile, and lists none.
  expect(rows.map(({ index }) => index)).toEqual([
    "public.profiles: public.profiles_created_at_idx",
  ]);
});

describe("the documents' lists use an index", () => {
  test.each(LISTS)("$who: $query", async ({ who, query }) => {
    const plan = await planOf(world, who, query.replaceAll(":me", `'${world.people.owner}'`));
    expect(wholeScans(plan, world, who)).toEqual([]);
  });
});
