import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Database } from "./database.ts";
import { messageOf, StackError } from "./stack_error.ts";

const FILE = /^(\d+)_(.+)\.sql$/;

// The first table is the official CLI's, so either tool sees what the other applied. The second
// is ours: it tells that a file was edited after it was applied.
const HISTORY = `
  create schema if not exists supabase_migrations;
  create table if not exists supabase_migrations.schema_migrations (
    version text primary key, statements text[], name text
  );
  create table if not exists supabase_migrations.applied_files (
    path text primary key, sha256 text not null
  );
`;

export async function applyMigrations(db: Database, supabaseDir: string): Promise<string[]> {
  await db.exec(HISTORY);
  const applied = await appliedVersions(db);
  const hashes = await appliedHashes(db);
  const done: string[] = [];
  for (const file of migrationFiles(join(supabaseDir, "migrations"))) {
    const { path, version, name, sql } = file;
    if (applied.has(version)) {
      const before = hashes.get(path);
      if (before && before !== sha256(sql)) {
        throw new StackError(
          `The migration ${path} has changed since this database was made: run ./scripts/start --reset (local data is lost).`,
        );
      }
      continue;
    }
    await apply(db, path, sql, async (query) => {
      await query(
        "insert into supabase_migrations.schema_migrations (version, statements, name) values ($1, array[$2], $3)",
        [version, sql, name],
      );
    });
    done.push(path);
  }
  const seed = join(supabaseDir, "seed.sql");
  if (existsSync(seed)) {
    const sql = readFileSync(seed, "utf8");
    if (hashes.get("seed.sql") !== sha256(sql)) {
      await apply(db, "seed.sql", sql);
      done.push("seed.sql");
    }
  }
  return done;
}

async function apply(
  db: Database,
  path: string,
  sql: string,
  record?: (query: Database["query"]) => Promise<void>,
): Promise<void> {
  await db.transaction(async (query, exec) => {
    try {
      await exec(sql);
    } catch (error) {
      const place = `${path}${lineOf(error, sql)}`;
      throw new StackError(
        `The migration ${place} does not apply (${messageOf(error)}): mend it, then start again.`,
        { cause: error },
      );
    }
    // A script may have narrowed these for itself.
    await exec("reset role; set local search_path = public");
    await record?.(query);
    await query(
      "insert into supabase_migrations.applied_files values ($1, $2) on conflict (path) do update set sha256 = excluded.sha256",
      [path, sha256(sql)],
    );
  });
  // `set search_path` in a script, as pg_dump writes it, would stay with PGlite's one session.
  if (db.embedded) await db.exec(`set search_path = "$user", public, extensions`);
}

// The version of the first one: what tells that a database is ours.
export function baselineVersion(supabaseDir: string): string | undefined {
  return migrationFiles(join(supabaseDir, "migrations"))[0]?.version;
}

function migrationFiles(directory: string) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .sort()
    .flatMap((path) => {
      const [, version, name] = FILE.exec(path) ?? [];
      if (!version || !name) return [];
      return [
        { path: basename(path), version, name, sql: readFileSync(join(directory, path), "utf8") },
      ];
    });
}

async function appliedVersions(db: Database): Promise<Set<string>> {
  const rows = await db.query<{ version: string }>(
    "select version from supabase_migrations.schema_migrations",
  );
  return new Set(rows.map((row) => row.version));
}

async function appliedHashes(db: Database): Promise<Map<string, string>> {
  const rows = await db.query<{ path: string; sha256: string }>(
    "select path, sha256 from supabase_migrations.applied_files",
  );
  return new Map(rows.map((row) => [row.path, row.sha256]));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function lineOf(error: unknown, sql: string): string {
  const position = Number((error as { position?: string } | null)?.position);
  return position > 0 ? `, line ${sql.slice(0, position).split("\n").length}` : "";
}
