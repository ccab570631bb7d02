import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exposedSchemas, readConfig } from "../../scripts/db/config.ts";
import { MATRIX, nameOf, parseMatrix, readMatrix } from "../../scripts/rights/matrix.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { declaredRights, type Live, liveRights } from "./support/catalogue.ts";

// The matrix is the list of rights on relations: what it does not name, nobody has.

const relations = readMatrix();
const declared = declaredRights(relations);

// A new project of Supabase grants nothing by itself, an older one everything in public.
describe.each([
  { defaults: "the defaults of new projects", legacyGrants: false },
  { defaults: "the defaults of older projects", legacyGrants: true },
])("under $defaults", ({ legacyGrants }) => {
  let database: FreshDatabase;
  let live: Map<string, Live>;

  beforeAll(async () => {
    database = await freshDatabase({ legacyGrants });
    live = await liveRights(database, exposedSchemas(readConfig()));
  });
  afterAll(() => database?.close());

  test(`every relation of an exposed schema is in ${MATRIX}`, () => {
    expect([...declared.keys()].sort()).toEqual([...live.keys()].sort());
  });

  test.each(relations.map(nameOf))("%s has the declared columns and rights", (name) => {
    expect(live.get(name)).toEqual(declared.get(name));
  });

  test("no relation of private is anybody's", async () => {
    const found = await liveRights(database, ["private"]);
    const open = [...found].filter(([, { rights }]) => rights.length > 0);
    expect(open).toEqual([]);
  });
});

describe("the matrix", () => {
  test.each([
    ["editor.images\n  select everybody", /"everybody" is nobody we know/],
    ["editor.images\n  read owner", /"read" is neither columns nor a verb/],
    ["editor.images\n  columns id\n  update owner: name", /editor.images has no column name/],
    ["editor.images\n  select owner\n  select admin", /a second line of select for one role/],
    ["editor.images\n  columns id\n  delete owner: id", /delete is of whole rows/],
    ["editor.images\n  columns id\neditor.images", /editor.images is there twice/],
    ["  select owner", /no relation was named yet/],
    ["images", /a block begins with schema.relation/],
  ])("%j is refused", (text, problem) => {
    expect(() => parseMatrix(text)).toThrow(problem);
  });
});
