import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { z } from "zod";
import { messageOf, oneLine, StackError } from "./stack_error.ts";

const SIZE = /^(\d+(?:\.\d+)?)\s*(B|KB|KiB|MB|MiB|GB|GiB)$/i;
const UNITS: Record<string, number> = {
  b: 1,
  kb: 1e3,
  kib: 2 ** 10,
  mb: 1e6,
  mib: 2 ** 20,
  gb: 1e9,
  gib: 2 ** 30,
};

// The part of supabase/config.toml that the local stack follows; the official CLI reads the rest.
const configSchema = z.object({
  api: z
    .object({
      schemas: z.array(z.string()).default(["public"]),
      max_rows: z.number().int().positive().default(1000),
    })
    .prefault({}),
  auth: z
    .object({
      site_url: z.string().default("http://127.0.0.1:3000"),
      additional_redirect_urls: z.array(z.string()).default([]),
      jwt_expiry: z.number().int().positive().default(3600),
      enable_signup: z.boolean().default(true),
      minimum_password_length: z.number().int().positive().default(6),
      email: z.object({ enable_confirmations: z.boolean().default(false) }).prefault({}),
    })
    .prefault({}),
  storage: z.object({ file_size_limit: z.string().regex(SIZE).default("50MiB") }).prefault({}),
  functions: z.record(z.string(), z.object({ verify_jwt: z.boolean().default(true) })).default({}),
});

export type Config = z.output<typeof configSchema>;

export function readConfig(root: string): Config {
  const file = join(root, "supabase", "config.toml");
  try {
    return configSchema.parse(existsSync(file) ? parse(readFileSync(file, "utf8")) : {});
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new StackError(`supabase/config.toml cannot be read: ${oneLine(reason)}.`);
  }
}

export function bytes(size: string): number {
  const [, amount, unit] = SIZE.exec(size) ?? [];
  return Math.floor(Number(amount) * (UNITS[unit?.toLowerCase() ?? ""] ?? 1));
}

// The user's own keys. Only NAME=value lines: what a shell would do with them is not wanted here.
export function readDotEnv(file: string): Record<string, string> {
  if (!existsSync(file)) return {};
  const values: Record<string, string> = {};
  for (const line of readFileSync(file, "utf8").split(/\r?\n/)) {
    const [, name, raw] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (!name || !raw) continue;
    const quoted = /^(["'])(.*)\1$/.exec(raw);
    const value = quoted ? (quoted[2] ?? "") : raw.replace(/\s+#.*$/, "");
    if (value) values[name] = value;
  }
  return values;
}
