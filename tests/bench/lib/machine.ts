import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { withClient } from "../../../scripts/local/server/types.ts";
import type { Bench } from "./types.ts";

/** What the figures depend on: the report says it, and a reader compares only ratios. */
export async function describeMachine({ server }: Bench): Promise<string[]> {
  const { version, settings } = await withClient(server.superuserUrl, async (client) => {
    const { rows } = await client.query<{ version: string; settings: string }>(`
      select
        (select version()) as version,
        string_agg(s.name || ' = ' || current_setting(s.name), ', ' order by s.name) as settings
      from pg_settings as s
      where s.source = 'command line'
        and s.name !~ '^(config_file|data_directory|listen_addresses|port|unix_socket|cron\\.host)'
    `);
    return rows[0] ?? { version: "unknown", settings: "" };
  });
  const model = cpus()[0]?.model.trim() || "unknown";
  return [
    `${cpus().length} cores (${model}), ${Math.round(totalmem() / 2 ** 30)} GB of memory, Linux ${release()}, ${systemName()}`,
    version.replace(/ on .*/, ""),
    `settings: those of initdb (fsync, synchronous_commit and full_page_writes on), but ${settings}`,
    "server and clients share the cores; clients connect by TCP over the loopback",
  ];
}

function systemName(): string {
  try {
    const text = readFileSync("/etc/os-release", "utf8");
    return /^PRETTY_NAME="(.*)"$/m.exec(text)?.[1] ?? "unknown system";
  } catch {
    return "unknown system";
  }
}

export function commitName(): string {
  try {
    const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
    const changed = git("status", "--porcelain", "--", "sql", "supabase", "tests/bench") !== "";
    return git("rev-parse", "--short", "HEAD") + (changed ? ", with changes" : "");
  } catch {
    return "unknown";
  }
}
