import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bootStack, ROOT, type TestStack } from "../support/stack.ts";

// examples/<product>.ts prints what examples/output/<product>.txt says. Run with
// UPDATE_EXAMPLES=1 to write the outputs anew.
const run = promisify(execFile);
let stack: TestStack;
beforeAll(async () => {
  stack = await bootStack();
  await stack.warmed;
});
afterAll(() => stack?.stop());

// What is another in every run.
const plain = (text: string): string =>
  text
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)/g, "<time>")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "<id>");

test.each(["editor", "video", "staging", "social"])("%s", { timeout: 180_000 }, async (name) => {
  const { stdout } = await run(
    process.execPath,
    ["--import", "tsx", join(ROOT, "examples", `${name}.ts`)],
    {
      cwd: ROOT,
      env: { ...process.env, SUPABASE_URL: stack.url, SUPABASE_KEY: stack.keys.publishable },
      timeout: 170_000,
    },
  );
  const file = join(ROOT, "examples", "output", `${name}.txt`);
  if (process.env.UPDATE_EXAMPLES) {
    writeFileSync(file, plain(stdout));
  }
  expect(plain(stdout)).toBe(readFileSync(file, "utf8"));
});
