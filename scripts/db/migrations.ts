import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { supabase } from "./cli.ts";
import { ConfigError, ROOT } from "./config.ts";

/** Applies what is pending of supabase/migrations, by the official CLI, as the role of the URL. */
export async function migrate(url: string): Promise<void> {
  const folder = join(ROOT, "supabase", "migrations");
  const files = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith(".sql"))
    : [];
  if (files.length === 0) {
    throw new ConfigError("supabase/migrations is empty: run `npm run db:build`");
  }
  await supabase(["migration", "up", `--remote=${url}`, "--yes"]);
}
