import { afterAll, beforeAll, expect, test } from "vitest";
import { nameOf, readMatrix, WHO } from "../../scripts/rights/matrix.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { attemptsOf, prepareAttempts, run } from "./support/attempts.ts";
import { makeWorld, rowOf, type World } from "./support/world.ts";

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

test.each(readMatrix().map((relation) => [nameOf(relation), relation] as const))(
  "%s is open to whom the matrix names, and to nobody else",
  async (_, relation) => {
    const found = await rowOf(world, relation, "owner");
    const attempts = WHO.flatMap((who) => attemptsOf(relation, who, found, world.tables));
    expect(await run(world, relation, attempts)).toEqual([]);
    // Nothing of it stayed: the next relation meets the world as it was made.
    expect(await rowOf(world, relation, "owner")).toEqual(found);
  },
);
