import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildBaseline } from "../../../scripts/db/build.ts";
import { listSources } from "../../../scripts/db/sources.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tallybase-sources-"));
});

afterEach(() => rmSync(root, { recursive: true }));

function project(schemaPaths: string[], files: string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), `select '${file}';\n`);
  }
  mkdirSync(join(root, "supabase"));
  writeFileSync(
    join(root, "supabase", "config.toml"),
    `[db.migrations]\nschema_paths = ${JSON.stringify(schemaPaths)}\n`,
  );
}

test("the order is that of schema_paths, and by name within a pattern", () => {
  project(["../sql/z.sql", "../sql/a/*.sql"], ["sql/a/2.sql", "sql/a/1.sql", "sql/z.sql"]);
  expect(listSources(root)).toEqual(["sql/z.sql", "sql/a/1.sql", "sql/a/2.sql"]);
});

test("one star stays within a folder, two do not", () => {
  project(["../sql/**/*.sql"], ["sql/a/b/1.sql", "sql/2.sql"]);
  expect(listSources(root)).toEqual(["sql/2.sql", "sql/a/b/1.sql"]);
});

test("a file that no path lists is an error that names it", () => {
  project(["../sql/*.sql"], ["sql/1.sql", "sql/a/forgotten.sql"]);
  expect(() => listSources(root)).toThrow("sql/a/forgotten.sql");
});

test("a file that two paths list is an error that names it", () => {
  project(["../sql/1.sql", "../sql/*.sql"], ["sql/1.sql"]);
  expect(() => listSources(root)).toThrow("sql/1.sql twice");
});

test("a path that matches nothing is an error that names it", () => {
  project(["../sql/*.sql", "../sql/gone.sql"], ["sql/1.sql"]);
  expect(() => listSources(root)).toThrow("../sql/gone.sql");
});

test("the baseline names each source before its text", () => {
  project(["../sql/*.sql"], ["sql/1.sql", "sql/2.sql"]);
  expect(buildBaseline(root)).toContain(
    "-- sql/1.sql\n\nselect 'sql/1.sql';\n\n-- sql/2.sql\n\nselect 'sql/2.sql';\n",
  );
});
