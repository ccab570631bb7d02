import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readDotEnv } from "../../../scripts/local/config.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const EXAMPLE = join(ROOT, ".env.example");

test(".env.example names only what a function reads, and sets nothing", () => {
  const sources = readdirSync(join(ROOT, "functions"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => readFileSync(join(ROOT, "functions", path), "utf8"))
    .join("\n");
  const lines = readFileSync(EXAMPLE, "utf8").matchAll(/^#?([A-Z][A-Z_]+)=/gm);
  const names = [...lines].map(([, name]) => name ?? "");
  expect(names).toEqual(expect.arrayContaining(["STRIPE_SECRET_KEY", "WORKER_CONCURRENCY"]));
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(sources))).toEqual([]);
  expect(readDotEnv(EXAMPLE)).toEqual({});
});
