import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, ROOT } from "../db/config.ts";
import { entry } from "../db/entry.ts";
import {
  ensureServer,
  type RunningServer,
  ServerUnavailableError,
  serverEnv,
} from "./server/index.ts";
import { type CommandError, run } from "./server/processes.ts";

/** One check is one command; its exit code is the verdict. */
type Check = { name: string; command: string[]; needsServer?: boolean };

const bin = (name: string): string => join(ROOT, "node_modules", ".bin", name);
const script = (path: string, ...args: string[]): string[] => [bin("tsx"), path, ...args];

function edgeFunctions(): string[] {
  return readdirSync(join(ROOT, "functions"))
    .map((name) => `functions/${name}/index.ts`)
    .filter((path) => existsSync(join(ROOT, path)));
}

const checks: Check[] = [
  { name: "biome", command: [bin("biome"), "check", "--error-on-warnings", "."] },
  { name: "tsc", command: [bin("tsc"), "--noEmit"] },
  { name: "deno check", command: [bin("deno"), "check", ...edgeFunctions()] },
  { name: "migrations", command: script("scripts/db/build.ts", "--check") },
  { name: "rights", command: script("scripts/rights/docs.ts", "--check") },
  { name: "squawk", command: script("scripts/db/squawk.ts") },
  { name: "db lint", command: script("scripts/db/lint.ts", "db lint"), needsServer: true },
  { name: "db advisors", command: script("scripts/db/lint.ts", "db advisors"), needsServer: true },
  {
    name: "plpgsql_check",
    command: script("scripts/db/lint.ts", "plpgsql_check"),
    needsServer: true,
  },
  { name: "types", command: script("scripts/db/types.ts", "--check"), needsServer: true },
  { name: "verify", command: script("scripts/db/migrate.ts", "--verify"), needsServer: true },
];

const names = checks.map((check) => check.name);

const HELP = `Usage: ./scripts/check [name of a check …]

Without a name, every check: ${names.map((name) => (name.includes(" ") ? `"${name}"` : name)).join(", ")}.`;

async function main(args: string[]): Promise<void> {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(HELP);
    return;
  }
  const unknown = args.find((arg) => !names.includes(arg));
  if (unknown !== undefined) {
    throw new ConfigError(`"${unknown}" is not a check (${names.join(", ")})`);
  }
  const chosen = checks.filter((check) => args.length === 0 || args.includes(check.name));
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let server: RunningServer | undefined;
  let noServer = "";
  try {
    for (const check of chosen) {
      if (check.needsServer && !server && !noServer) {
        server = await ensureServer().catch((error: unknown) => {
          if (!(error instanceof ServerUnavailableError)) throw error;
          noServer = error.message;
          return undefined;
        });
      }
      if (check.needsServer && !server) {
        console.log(`skipped  ${check.name}: ${noServer}`);
        counts.skipped += 1;
      } else {
        counts[(await passes(check, server)) ? "passed" : "failed"] += 1;
      }
    }
  } finally {
    await server?.stop();
  }
  if (counts.failed > 0 || (counts.skipped > 0 && process.env.CI === "true")) process.exitCode = 1;
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
}

async function passes(check: Check, server?: RunningServer): Promise<boolean> {
  const started = Date.now();
  const [command = "", ...args] = check.command;
  const env = { ...process.env, NO_COLOR: "1", ...(server ? serverEnv(server) : {}) };
  const output = await run(command, args, { cwd: ROOT, env, timeoutSeconds: 600 }).then(
    () => undefined,
    (error: CommandError) => error.output.trim(),
  );
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${output === undefined ? "ok      " : "FAILED  "} ${check.name} (${seconds} s)`);
  if (output !== undefined) console.log(output.replaceAll(/^/gm, "    "));
  return output === undefined;
}

await entry(() => main(process.argv.slice(2)));
