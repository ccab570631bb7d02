import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";
import { z } from "zod";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");

/** The parts of supabase/config.toml that the scripts here use. */
const configSchema = z.object({
  api: z.object({ schemas: z.array(z.string()).default(["public"]) }).prefault({}),
  db: z
    .object({
      migrations: z.object({ schema_paths: z.array(z.string()).default([]) }).prefault({}),
      seed: z
        .object({
          enabled: z.boolean().default(true),
          sql_paths: z.array(z.string()).default(["./seed.sql"]),
        })
        .prefault({}),
    })
    .prefault({}),
});

export type SupabaseConfig = z.infer<typeof configSchema>;

export class ConfigError extends Error {
  override name = "ConfigError";
}

/** Two things that must say the same do not. */
export class DriftError extends Error {
  override name = "DriftError";
}

export function readConfig(root = ROOT): SupabaseConfig {
  const path = join(root, "supabase", "config.toml");
  if (!existsSync(path)) throw new ConfigError("supabase/config.toml is missing");
  const parsed = configSchema.safeParse(parse(readFileSync(path, "utf8")));
  if (!parsed.success) {
    throw new ConfigError(`supabase/config.toml: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

/** The schemas that PostgREST serves and that the types describe. */
export function exposedSchemas(config: SupabaseConfig): string[] {
  return config.api.schemas.filter((schema) => schema !== "graphql_public");
}
