import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { ROOT } from "../../db/config.ts";
import { onEnd } from "../server/cleanup.ts";
import type { SuiteName, SuiteResult } from "./types.ts";

/** The parts of vitest's JSON report that are counted. */
const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numTotalTests: z.number(),
  success: z.boolean(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

export async function runVitest(
  suite: SuiteName,
  filters: string[],
  env: Record<string, string>,
): Promise<SuiteResult> {
  const started = Date.now();
  const folder = mkdtempSync(join(tmpdir(), "tallybase-vitest-"));
  const report = join(folder, "report.json");
  const args = ["run", "--project", suite, "--passWithNoTests"];
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await runInherited([...args, ...reporters, ...filters], env);
  const counts = readReport(report);
  rmSync(folder, { recursive: true, force: true });

  const result = {
    suite,
    passed: counts.passed,
    failed: counts.failed,
    seconds: (Date.now() - started) / 1000,
  };
  // An error outside of every test (an unhandled rejection, a crash) has no test to count it.
  if (code !== 0 && result.failed === 0) result.failed = 1;
  if (code === 0 && counts.total === 0) return { ...result, skipped: "no test files" };
  return result;
}

function readReport(path: string): { passed: number; failed: number; total: number } {
  try {
    const report = reportSchema.parse(JSON.parse(readFileSync(path, "utf8")));
    // A file that does not even load has no assertions; it is one failure.
    const unloaded = report.testResults.filter(
      (file) =>
        file.status === "failed" && !file.assertionResults.some((each) => each.status === "failed"),
    ).length;
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloaded,
      total: report.numTotalTests + unloaded,
    };
  } catch {
    return { passed: 0, failed: 0, total: 0 };
  }
}

function runInherited(args: string[], env: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(join(ROOT, "node_modules", ".bin", "vitest"), args, {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    const forget = onEnd({
      stop: async () => void child.kill("SIGTERM"),
      stopNow: () => void child.kill("SIGKILL"),
    });
    child.on("error", () => resolve(1));
    child.on("exit", (code) => {
      forget();
      resolve(code ?? 1);
    });
  });
}
