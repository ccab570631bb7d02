import { afterAll, beforeAll, expect, test } from "vitest";
import {
  columnsFor,
  granted,
  nameOf,
  readMatrix,
  WHO,
  type Who,
} from "../../scripts/rights/matrix.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { type Attempt, attemptsOf, prepareAttempts, run } from "./support/attempts.ts";
import { foreignAttempts } from "./support/foreign.ts";
import { quoted } from "./support/rows.ts";
import { literal, makeWorld, rowOf, type World } from "./support/world.ts";

// Every cell of the matrix, tried: each of them uses each verb on the owner's row, each
// column by itself, on a real Postgres with the policies and triggers there are.

let database: FreshDatabase;
let world: World;

beforeAll(async () => {
  database = await freshDatabase();
  world = await makeWorld(database);
  await prepareAttempts(world.client);
});
afterAll(async () => {
  await world?.close();
  await database?.close();
});

const relations = readMatrix().map((relation) => [nameOf(relation), relation] as const);

test.each(relations)(
  "%s is open to whom the matrix names, and to nobody else",
  async (_, relation) => {
    const found = await rowOf(world, relation, "owner");
    const attempts = WHO.flatMap((who) => attemptsOf(relation, who, found, world.tables));
    expect(await run(world, relation, attempts)).toEqual([]);
    // Nothing of it stayed: the next relation meets the world as it was made.
    expect(await rowOf(world, relation, "owner")).toEqual(found);
  },
);

const written = relations.filter(
  ([, relation]) => granted(relation, "insert", "other") || granted(relation, "update", "other"),
);
test.each(written)(
  "nobody reaches the owner through a row of their own in %s",
  async (_, relation) => {
    expect(await run(world, relation, await foreignAttempts(world, relation))).toEqual([]);
  },
);

// supabase-js sends the key with the rest and sets all of it: `.upsert(row)`.
const upserted = relations.flatMap(([name, relation]) => {
  const who = (["owner", "admin"] as const).find((each) => {
    const update = columnsFor(relation, "update", each);
    return columnsFor(relation, "insert", each)?.every((column) => update?.includes(column));
  });
  return who ? [[name, relation, who] as const] : [];
});

test.each(upserted)("a row of one's own is upserted in %s", async (_, relation, who) => {
  const { row } = await rowOf(world, relation, "owner");
  const columns = columnsFor(relation, "insert", who)?.map((column) => `"${column}"`) ?? [];
  const key = world.tables.find((table) => nameOf(table) === nameOf(relation))?.key ?? ["id"];
  const statement = `insert into ${quoted(relation)} (${columns.join(", ")})
    select ${columns.join(", ")} from jsonb_populate_record(null::${quoted(relation)}, ${literal(row)})
    on conflict (${key.join(", ")}) do update
    set ${columns.map((column) => `${column} = excluded.${column}`).join(", ")}`;
  expect(
    await run(world, relation, [{ who, what: "upsert", statement, expected: "one row" }]),
  ).toEqual([]);
});

// Requests are records of what was charged, and messages of what was said.
test("what has no upsert is a request or a record", () => {
  const written = relations.filter(([, relation]) => columnsFor(relation, "insert", "owner"));
  const names = written
    .map(([name]) => name)
    .filter((name) => !upserted.some(([one]) => one === name));
  expect(names).toEqual([
    "editor.image_operations",
    "editor.image_pipelines",
    "social.conversation_messages",
    "social.conversations",
    "staging.images",
    "video.generations",
  ]);
});

// Prices, plans and models are everybody's to read until they are taken off the list.
const lists = readMatrix()
  .filter((relation) => columnsFor(relation, "select", "other"))
  .flatMap((relation) => {
    const flag = relation.columns.find((column) => ["is_active", "active"].includes(column));
    return flag === undefined ? [] : [[nameOf(relation), relation, flag] as const];
  });

test.each(lists)("what is inactive in %s is shown to no user", async (_, relation, flag) => {
  const attempts = (["anon", "owner", "other"] satisfies Who[]).map(
    (who): Attempt => ({
      who,
      what: "select of what is inactive",
      before: `update ${quoted(relation)} set "${flag}" = false`,
      statement: `select from ${quoted(relation)}`,
      expected: granted(relation, "select", who) ? "no row" : "denied",
    }),
  );
  expect(await run(world, relation, attempts)).toEqual([]);
});
