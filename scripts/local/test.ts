import { entry } from "../db/entry.ts";
import {
  ensureServer,
  type RunningServer,
  ServerUnavailableError,
  serverEnv,
} from "./server/index.ts";
import { ensureTemplate } from "./server/template.ts";
import { chooseSuites } from "./testing/choose.ts";
import { runPgtap } from "./testing/pgtap.ts";
import { SUITES, type Suite, type SuiteResult } from "./testing/types.ts";
import { runVitest } from "./testing/vitest.ts";

const HELP = `Usage: ./scripts/test [suite or path …]

Without a name, every suite: ${SUITES.map((suite) => suite.name).join(", ")}.
A path is a file or a folder of tests, such as tests/db/jobs.`;

/** scripts/test [suite or path …]: every suite, or those that are named. */
async function main(args: string[]): Promise<void> {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(HELP);
    return;
  }
  const { suites, filters } = chooseSuites(args);
  const results: SuiteResult[] = [];
  let server: RunningServer | undefined;
  let noServer: string | undefined;
  try {
    if (suites.some((suite) => suite.needsServer)) {
      server = await ensureServer().catch((error: unknown) => {
        if (!(error instanceof ServerUnavailableError)) throw error;
        noServer = error.message;
        return undefined;
      });
      if (server) await buildTemplates(server, suites);
    }
    for (const suite of suites) {
      results.push(
        suite.needsServer && noServer
          ? { suite: suite.name, passed: 0, failed: 0, seconds: 0, skipped: noServer }
          : await runSuite(suite, filters, server),
      );
    }
  } finally {
    await server?.stop();
  }
  report(results, args.length > 0);
}

function runSuite(suite: Suite, paths: string[], server?: RunningServer): Promise<SuiteResult> {
  const filters = paths.filter((path) => path.startsWith(`${suite.folder}/`));
  if (server && (suite.name === "db" || suite.name === "db-legacy")) {
    return runPgtap(server, suite.name, filters);
  }
  return runVitest(suite.name, filters, server ? serverEnv(server) : {});
}

/** Now, once, and not in the first test of every worker. */
async function buildTemplates(server: RunningServer, suites: Suite[]): Promise<void> {
  if (suites.some((suite) => ["db", "rights", "races"].includes(suite.name))) {
    await ensureTemplate(server);
  }
  if (suites.some((suite) => suite.name === "db-legacy")) {
    await ensureTemplate(server, { legacyGrants: true });
  }
}

function report(results: SuiteResult[], chosen: boolean): void {
  console.log("");
  for (const { suite, passed, failed, seconds, skipped } of results) {
    const counts = `${passed} passed, ${failed} failed, ${seconds.toFixed(1)} s`;
    console.log(`${suite.padEnd(10)} ${skipped ? `skipped: ${skipped}` : counts}`);
  }
  const passed = results.reduce((sum, each) => sum + each.passed, 0);
  const failed = results.reduce((sum, each) => sum + each.failed, 0);
  const skipped = results.some((each) => each.skipped);
  // A suite that silently did not run must not make CI green; nor a path that matches nothing.
  if (failed > 0 || (skipped && (process.env.CI === "true" || chosen))) process.exitCode = 1;
  console.log(`${passed} passed, ${failed} failed`);
}

await entry(() => main(process.argv.slice(2)));
