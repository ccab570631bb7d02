import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { ROOT, readConfig, type SupabaseConfig } from "../../db/config.ts";
import { migrate } from "../../db/migrations.ts";
import { cloneDatabase, dropDatabase } from "./databases.ts";
import { shapeDatabase } from "./shape.ts";
import { type Server, urlOf, withClient } from "./types.ts";

export type TemplateOptions = {
  /** True: the default grants of Supabase projects made before 2026; false: those of new ones. */
  legacyGrants?: boolean;
  /** `shape`: an empty project; `migrated`: with the migrations and the seed; `test` (default): with the helpers of pgTAP. */
  content?: "shape" | "migrated" | "test";
};

/** The one database of a server where pg_cron runs. */
export const CRON_DATABASE = "postgres";

const TEST_HELPERS = join(ROOT, "tests", "support", "pgtap.sql");
const LEGACY_GRANTS = new URL("./sql/legacy_grants.sql", import.meta.url);

/** Names a template that scripts/mutate made: the database without one of its rules. */
export const MUTATED = "TALLYBASE_MUTATED_TEMPLATE";

/** The name of a template database, built if it is not there yet. */
export async function ensureTemplate(
  server: Server,
  options: TemplateOptions = {},
): Promise<string> {
  const { legacyGrants = false, content = "test" } = options;
  const mutated = process.env[MUTATED];
  if (mutated && content === "test" && !legacyGrants) return mutated;
  const parts = [content, ...(legacyGrants ? ["legacy"] : []), inputsHash()];
  const name = [server.prefix, "template", ...parts].join("_");
  return buildOnce(server, name, async (building) => {
    if (content === "shape") {
      await createEmpty(server, building);
      await shapeDatabase(server, building, "stand-in");
      if (legacyGrants) await grantAsBefore2026(server, building);
      return;
    }
    const below = content === "test" ? "migrated" : "shape";
    const source = await ensureTemplate(server, { legacyGrants, content: below });
    await cloneDatabase(server, building, source);
    if (content === "migrated") await migrateAndSeed(server, building);
    else await addTestHelpers(server, building);
  });
}

/**
 * The database `postgres`, where the real pg_cron runs its jobs, with the
 * migrations applied: once a server, for tests that watch the schedule itself.
 */
export async function migrateCronDatabase(server: Server): Promise<string> {
  await withLock(server, CRON_DATABASE, async () => {
    const shaped = await withClient(server.superuserUrl, async (client) => {
      const { rows } = await client.query("select from pg_extension where extname = 'pg_cron'");
      return rows.length > 0;
    });
    if (shaped) return;
    const owner = pg.escapeIdentifier(server.owner);
    await withClient(server.superuserUrl, (client) =>
      client.query(`alter database ${CRON_DATABASE} owner to ${owner}`),
    );
    await shapeDatabase(server, CRON_DATABASE, "real");
    await migrateAndSeed(server, CRON_DATABASE);
    // On a server that made other databases first, pg_cron's launcher was seen never to notice
    // the new extension. Postgres starts it again within a second, and then it looks.
    await withClient(server.superuserUrl, (client) =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'pg_cron launcher'`,
      ),
    );
  });
  return CRON_DATABASE;
}

async function createEmpty(server: Server, name: string): Promise<void> {
  await cloneDatabase(server, name, "template0");
}

async function grantAsBefore2026(server: Server, name: string): Promise<void> {
  const sql = readFileSync(LEGACY_GRANTS, "utf8").replaceAll("{{owner}}", server.owner);
  await withClient(urlOf(server, name, server.owner), (client) => client.query(sql));
}

async function migrateAndSeed(server: Server, name: string): Promise<void> {
  const url = urlOf(server, name, server.owner);
  await migrate(url);
  const seeds = seedFiles(readConfig());
  await withClient(url, async (client) => {
    for (const path of seeds) await client.query(readFileSync(path, "utf8"));
  });
}

function seedFiles(config: SupabaseConfig): string[] {
  if (!config.db.seed.enabled) return [];
  return config.db.seed.sql_paths
    .map((path) => join(ROOT, "supabase", path))
    .filter((path) => existsSync(path));
}

async function addTestHelpers(server: Server, name: string): Promise<void> {
  if (!existsSync(TEST_HELPERS)) return;
  const sql = readFileSync(TEST_HELPERS, "utf8");
  await withClient(urlOf(server, name), (client) => client.query(sql));
}

/** Builds under another name, so that a template that has its name is whole, whoever else waits for it. */
async function buildOnce(
  server: Server,
  name: string,
  build: (building: string) => Promise<void>,
): Promise<string> {
  if (await databaseExists(server, name)) return name;
  await withLock(server, name, async () => {
    if (await databaseExists(server, name)) return;
    const building = `${name}_building`;
    await dropDatabase(server, building);
    await build(building);
    const names = [building, name].map(pg.escapeIdentifier);
    await withClient(server.superuserUrl, (client) =>
      client.query(`alter database ${names[0]} rename to ${names[1]}`),
    );
  });
  return name;
}

async function databaseExists(server: Server, name: string): Promise<boolean> {
  return withClient(server.superuserUrl, async (client) => {
    const { rows } = await client.query("select from pg_database where datname = $1", [name]);
    return rows.length > 0;
  });
}

/** One process at a time: the test workers may all ask for the same template at once. */
async function withLock(server: Server, name: string, use: () => Promise<void>): Promise<void> {
  await withClient(server.superuserUrl, async (client) => {
    await client.query("select pg_advisory_lock(hashtextextended($1, 0))", [name]);
    await use();
  });
}

/** A server that stays must not hand out the template of yesterday's migrations. */
function inputsHash(): string {
  const folders = ["supabase/migrations", "scripts/local/server/sql", "scripts/local/sql"];
  const paths = folders
    .map((folder) => join(ROOT, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(".sql"))
        .sort()
        .map((name) => join(folder, name)),
    );
  const files = [...paths, ...seedFiles(readConfig()), TEST_HELPERS].filter((path) =>
    existsSync(path),
  );
  const hash = createHash("sha256");
  for (const path of files) hash.update(path).update(readFileSync(path, "utf8"));
  return hash.digest("hex").slice(0, 8);
}
