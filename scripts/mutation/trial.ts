import { spawn } from "node:child_process";
import { join } from "node:path";
import type pg from "pg";
import { ROOT } from "../db/config.ts";
import { cloneDatabase, dropDatabase } from "../local/server/databases.ts";
import { type Server, serverEnv, urlOf, withClient } from "../local/server/index.ts";
import { MUTATED } from "../local/server/template.ts";
import { runTapOn, tapClient } from "../local/testing/pgtap_file.ts";
import type { TestFile } from "./choose.ts";
import { likelyTestsOf, rankTests, slowTestsOf } from "./choose.ts";
import type { Rule } from "./rules.ts";

export const STAGES = ["related", "all", "slow"] as const;
export type Stage = (typeof STAGES)[number];

/** What became of a database without a rule. */
export type Verdict = Pick<Rule, "kind" | "name" | "module"> & {
  /** The test that failed; without one the rule may be taken away and nobody notices. */
  killedBy?: string | undefined;
  /** Why it could not be tried: it counts neither way. */
  untried?: string | undefined;
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

/** Then a fresh copy is quicker than the old one. */
const RULES_A_COPY = 50;

/** A place to try rules in: a copy of the database, which every test leaves as it was. */
export class Laboratory {
  private client: pg.Client;
  private tried = 0;

  private constructor(
    private readonly database: string,
    private readonly options: TrialOptions,
  ) {
    this.client = this.connection();
  }

  static async open(worker: number, options: TrialOptions): Promise<Laboratory> {
    const laboratory = new Laboratory(`${options.server.prefix}_laboratory_${worker}`, options);
    await laboratory.renew();
    return laboratory;
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => {});
    await dropDatabase(this.options.server, this.database);
  }

  private connection(): pg.Client {
    const { server } = this.options;
    return tapClient(urlOf(server, this.database, server.owner));
  }

  /** What is rolled back stays in the files of its tables, and tests of plans count pages. */
  private async renew(): Promise<void> {
    const { server, template } = this.options;
    await this.close();
    await cloneDatabase(server, this.database, template);
    this.client = this.connection();
    await this.client.connect();
  }

  /** Takes the rule away in the transaction of each test, until one of them fails. */
  async tryWithout(rule: Rule): Promise<Verdict> {
    const { stages, tests, limitSeconds } = this.options;
    const { kind, name, module } = rule;
    const started = Date.now();
    const seconds = (): number => Math.round((Date.now() - started) / 100) / 10;
    const verdict: Verdict = { kind, name, module, files: 0, seconds: 0 };
    verdict.untried = await this.problemOf(rule);
    this.tried += 1;
    if (this.tried % RULES_A_COPY === 0) await this.renew();

    const { paths, related } = rankTests(tests, rule);
    const likely = likelyTestsOf(rule, paths.slice(0, related));
    const others = stages.includes("all") ? paths.slice(related) : [];
    const slow = stages.includes("slow") ? slowTestsOf(rule) : [];
    for (const test of [...likely, ...others, ...slow]) {
      if (verdict.untried || verdict.killedBy || seconds() > limitSeconds) break;
      verdict.files += 1;
      const failed = test.endsWith(".ts")
        ? await this.slowFails(test, rule)
        : await this.tapFails(test, rule);
      if (failed) verdict.killedBy = test;
    }
    return { ...verdict, seconds: seconds() };
  }

  private async problemOf(rule: Rule): Promise<string | undefined> {
    try {
      await this.client.query(`begin; ${rule.sql}`);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    } finally {
      await this.client.query("rollback");
    }
  }

  /** Whether the rule is why: with it the same file passes. */
  private async tapFails(test: string, rule: Rule): Promise<boolean> {
    if (await this.passes(test, rule.sql)) return false;
    if (await this.passes(test)) return true;
    await this.renew();
    if (!(await this.passes(test)))
      throw new Error(`${test} fails in a database that has all rules`);
    return !(await this.passes(test, rule.sql));
  }

  private async slowFails(test: string, rule: Rule): Promise<boolean> {
    const { server, template } = this.options;
    if (!(await passesWhole(test, this.options)))
      throw new Error(`${test} fails in a database that has all rules`);
    const database = `${this.database}_mutant`;
    await dropDatabase(server, database);
    await cloneDatabase(server, database, template);
    await withClient(urlOf(server, database, server.owner), (client) => client.query(rule.sql));
    return !(await passesSlow(test, server, { [MUTATED]: database }));
  }

  private async passes(test: string, before = ""): Promise<boolean> {
    const { failures, problems } = await runTapOn(this.client, join(ROOT, test), before);
    // The catalogue stays known, which is why it is one connection.
    await this.client.query("discard all");
    return failures.length + problems.length === 0;
  }
}

const whole = new Map<string, Promise<boolean>>();

/** Whether a slow test passes with all rules, asked once in a run. */
function passesWhole(test: string, { server }: TrialOptions): Promise<boolean> {
  const known = whole.get(test) ?? passesSlow(test, server);
  whole.set(test, known);
  return known;
}

/** They make their databases from a template: from one without a rule where that is named. */
function passesSlow(test: string, server: Server, more: NodeJS.ProcessEnv = {}): Promise<boolean> {
  const child = spawn(
    join(ROOT, "node_modules", ".bin", "vitest"),
    ["run", "--project", test.split("/")[1] ?? "", "--bail=1", "--reporter=dot", test],
    { cwd: ROOT, stdio: "ignore", env: { ...process.env, ...serverEnv(server), ...more } },
  );
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), 600_000);
    child.once("error", reject);
    child.once("exit", (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}
