import "../local/quiet.ts";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const stackSchema = z.object({
  url: z.url(),
  publishableKey: z.string(),
  stripeUrl: z.string().optional(),
});

const local = (name: string) => fileURLToPath(new URL(`../../.local/${name}`, import.meta.url));

async function main(): Promise<number> {
  const file = local("stack.json");
  if (!existsSync(file)) {
    process.stderr.write("No stack is running here: start one with ./scripts/start first.\n");
    return 1;
  }
  const { url, publishableKey, stripeUrl } = stackSchema.parse(
    JSON.parse(readFileSync(file, "utf8")),
  );
  if (!(await isUp(url))) {
    process.stderr.write(`The stack at ${url} does not answer: start one with ./scripts/start.\n`);
    return 1;
  }
  const { DemoError, runDemo } = await import("./journey.ts");
  try {
    const say = (line: string) => process.stdout.write(`${line}\n`);
    await runDemo({ url, publishableKey, stripeUrl, outDir: local("demo"), say });
    return 0;
  } catch (error) {
    if (!(error instanceof DemoError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

process.exitCode = await main();
