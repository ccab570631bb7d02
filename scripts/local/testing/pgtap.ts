import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../db/config.ts";
import { createDatabase, dropDatabase, type Server } from "../server/index.ts";
import { runTapFile } from "./pgtap_file.ts";
import type { SuiteName, SuiteResult } from "./types.ts";

/**
 * The pgTAP files, each worker in a database of its own: two files that write
 * the same row or take the same advisory lock do not wait for each other.
 */
export async function runPgtap(
  server: Server,
  suite: SuiteName,
  filters: string[],
): Promise<SuiteResult> {
  const started = Date.now();
  const files = listFiles(filters);
  const result: SuiteResult = { suite, passed: 0, failed: 0, seconds: 0 };
  if (files.length === 0) return { ...result, skipped: "no test files" };

  const queue = [...files];
  const workers = Math.min(files.length, Math.max(2, Math.min(6, availableParallelism())));
  const work = async (worker: number): Promise<void> => {
    const name = `${server.prefix}_${suite.replace("-", "_")}_${worker}`;
    const { url } = await createDatabase(server, name, { legacyGrants: suite === "db-legacy" });
    try {
      for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
        const { passed, failures, problems } = await runTapFile(url, join(ROOT, file));
        result.passed += passed;
        result.failed += failures.length + problems.length;
        for (const text of [...failures, ...problems]) {
          console.log(`${suite}: ${file}\n  ${text.replaceAll("\n", "\n  ")}`);
        }
      }
    } finally {
      await dropDatabase(server, name);
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, index) => work(index)));
  return { ...result, seconds: (Date.now() - started) / 1000 };
}

function listFiles(filters: string[]): string[] {
  return readdirSync(join(ROOT, "tests", "db"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.sql"))
    .map((name) => `tests/db/${name}`)
    .filter((path) => filters.length === 0 || filters.some((filter) => path.startsWith(filter)))
    .sort();
}
