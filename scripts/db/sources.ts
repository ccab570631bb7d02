import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { ConfigError, ROOT, readConfig } from "./config.ts";

/** The files of sql/ in the order of schema_paths; every file once, or an error that names it. */
export function listSources(root = ROOT): string[] {
  const files = allSources(root);
  const seen = new Set<string>();
  for (const pattern of readConfig(root).db.migrations.schema_paths) {
    const matched = files.filter((file) => matcher(root, pattern).test(file));
    if (matched.length === 0) throw new ConfigError(`schema_paths: "${pattern}" matches no file`);
    for (const file of matched) {
      if (seen.has(file)) throw new ConfigError(`schema_paths lists ${file} twice`);
      seen.add(file);
    }
  }
  const missing = files.filter((file) => !seen.has(file));
  if (missing.length > 0) {
    throw new ConfigError(`schema_paths lists none of: ${missing.join(", ")}`);
  }
  return [...seen];
}

/** What the database is built from: every source under its name. */
export function concatenateSources(root = ROOT): string {
  return listSources(root)
    .map((file) => `-- ${file}\n\n${readFileSync(join(root, file), "utf8").trim()}\n`)
    .join("\n");
}

function allSources(root: string): string[] {
  const folder = join(root, "sql");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".sql"))
    .map((name) => `sql/${name.replaceAll("\\", "/")}`)
    .sort();
}

/** A pattern is relative to supabase/; `*` stays within a folder, `**` does not. */
function matcher(root: string, pattern: string): RegExp {
  const path = relative(root, join(root, "supabase", pattern));
  const source = path
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("**/", "\0")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]")
    .replaceAll("\0", "(?:.*/)?");
  return new RegExp(`^${source}$`);
}
