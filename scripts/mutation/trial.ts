import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../db/config.ts";
import { cloneDatabase, dropDatabase } from "../local/server/databases.ts";
import { type Server, serverEnv, urlOf, withClient } from "../local/server/index.ts";
import { MUTATED } from "../local/server/template.ts";
import { runTapFile } from "../local/testing/pgtap_file.ts";
import type { TestFile } from "./choose.ts";
import { racesOf, rankTests } from "./choose.ts";
import type { Rule } from "./rules.ts";

export const STAGES = ["related", "all", "races"] as const;
export type Stage = (typeof STAGES)[number];

/** What became of a database without a rule. */
export type Verdict = Pick<Rule, "kind" | "name" | "module"> & {
  /** The test that failed; without one the rule may be taken away and nobody notices. */
  killedBy?: string;
  /** Why it could not be tried: it counts neither way. */
  untried?: string;
  files: number;
  seconds: number;
};

export type TrialOptions = {
  server: Server;
  template: string;
  tests: TestFile[];
  stages: readonly Stage[];
  /** After so long the rest of the tests is left out, and the rule counts as one that survived. */
  limitSeconds: number;
};

/** Takes the rule away in a copy of the database, and runs tests there until one fails. */
export async function tryWithout(
  rule: Rule,
  worker: number,
  options: TrialOptions,
): Promise<Verdict> {
  const { server } = options;
  const started = Date.now();
  const seconds = (): number => Math.round((Date.now() - started) / 100) / 10;
  const database = `${server.prefix}_mutant_${worker}`;
  const verdict = { kind: rule.kind, name: rule.name, module: rule.module, files: 0, seconds: 0 };
  await dropDatabase(server, database);
  await cloneDatabase(server, database, options.template);
  try {
    const problem = await takeAway(server, database, rule);
    if (problem !== undefined) return { ...verdict, untried: problem, seconds: seconds() };
    for (const test of testsOf(rule, options)) {
      if (seconds() > options.limitSeconds) break;
      verdict.files += 1;
      if (await fails(test, server, database)) {
        return { ...verdict, killedBy: test, seconds: seconds() };
      }
    }
    return { ...verdict, seconds: seconds() };
  } finally {
    await dropDatabase(server, database);
  }
}

function testsOf(rule: Rule, { tests, stages }: TrialOptions): string[] {
  const { paths, related } = rankTests(tests, rule);
  const pgtap = stages.includes("all") ? paths : paths.slice(0, related);
  const races = stages.includes("races") ? racesOf(rule) : [];
  // A lock is seen by races alone, as good as always.
  return rule.kind === "locks"
    ? [...paths.slice(0, related), ...races, ...pgtap.slice(related)]
    : [...pgtap, ...races];
}

function takeAway(server: Server, database: string, rule: Rule): Promise<string | undefined> {
  return withClient(urlOf(server, database), async (client) => {
    try {
      await client.query(rule.sql);
      return undefined;
    } catch (error) {
      return String((error as Error).message);
    }
  });
}

async function fails(test: string, server: Server, database: string): Promise<boolean> {
  if (test.endsWith(".ts")) return raceFails(test, server, database);
  const { failures, problems } = await runTapFile(
    urlOf(server, database, server.owner),
    join(ROOT, test),
  );
  return failures.length + problems.length > 0;
}

/** The races make their databases from a template: here from the one without the rule. */
function raceFails(test: string, server: Server, database: string): Promise<boolean> {
  const child = spawn(
    join(ROOT, "node_modules", ".bin", "vitest"),
    ["run", "--project", "races", "--bail=1", "--reporter=dot", test],
    {
      cwd: ROOT,
      stdio: "ignore",
      env: { ...process.env, ...serverEnv(server), [MUTATED]: database },
    },
  );
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), 600_000);
    child.once("error", reject);
    child.once("exit", (code) => {
      clearTimeout(timer);
      resolve(code !== 0);
    });
  });
}
