import { randomBytes } from "node:crypto";
import { createDatabase, dropDatabase, ensureServer, withClient } from "../local/server/index.ts";
import { CommandError } from "../local/server/processes.ts";
import { supabase } from "./cli.ts";
import { exposedSchemas, readConfig } from "./config.ts";
import { entry } from "./entry.ts";
import { checkFunctions } from "./plpgsql_check.ts";

/** A linter gives its findings; none is the pass. */
type Linter = { name: string; find: (urls: Urls) => Promise<string> };
type Urls = { owner: string; superuser: string };

/** The linters end with an exit code other than 0 when they find something, which is no accident. */
async function findings(result: Promise<{ stdout: string }>): Promise<string> {
  try {
    await result;
    return "";
  } catch (error) {
    if (error instanceof CommandError) return error.output.trim();
    throw error;
  }
}

const linters: Linter[] = [
  {
    name: "db lint",
    find: ({ owner }) =>
      findings(
        supabase(["db", "lint", `--remote=${owner}`, "--level=warning", "--fail-on=warning"]),
      ),
  },
  {
    name: "db advisors",
    find: ({ owner }) =>
      findings(supabase(["db", "advisors", `--remote=${owner}`, "--level=warn", "--fail-on=warn"])),
  },
  { name: "plpgsql_check", find: ({ superuser }) => withClient(superuser, checkFunctions) },
];

/**
 * Runs under the grants of older projects: there a table without row level
 * security is open to everyone, so the advisors have the most to say.
 */
async function main(only: string[]): Promise<void> {
  const server = await ensureServer();
  const name = `${server.prefix}_lint_${randomBytes(3).toString("hex")}`;
  try {
    const database = await createDatabase(server, name, {
      legacyGrants: true,
      content: "migrated",
    });
    await withClient(database.superuserUrl, (client) =>
      // The advisors look at the schemas that PostgREST serves, and ask this setting which they are.
      client.query(
        `alter database "${name}" set pgrst.db_schemas = '${exposedSchemas(readConfig()).join(",")}'`,
      ),
    );
    const urls = { owner: database.url, superuser: database.superuserUrl };
    for (const linter of linters) {
      if (only.length > 0 && !only.includes(linter.name)) continue;
      const found = await linter.find(urls);
      console.log(found ? `${linter.name}: findings\n${found}` : `${linter.name}: clean`);
      if (found) process.exitCode = 1;
    }
  } finally {
    await dropDatabase(server, name);
    await server.stop();
  }
}

await entry(() => main(process.argv.slice(2)));
