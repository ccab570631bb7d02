import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ROOT } from "../db/config.ts";
import type { Rule } from "./rules.ts";

export type TestFile = { path: string; size: number; words: Set<string> };

export function listTests(): TestFile[] {
  return (
    readdirSync(join(ROOT, "tests", "db"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".test.sql"))
      .sort()
      .map((name) => `tests/db/${name}`)
      .map((path) => {
        const text = readFileSync(join(ROOT, path), "utf8");
        return { path, size: text.length, words: new Set(text.match(/\w+/g)) };
      })
      // Those of plans take seconds, and fail for any DDL in their transaction.
      .filter(({ words }) => !words.has("explain"))
  );
}

/** Without its schema, and without the product's name that private functions have. */
const shortNames = (name: string): string[] => {
  const short = name.replace(/^\w+\./, "");
  const product = /^(?:editor|video|social|staging)_(\w+)$/.exec(short)?.[1];
  return product === undefined ? [short] : [short, product];
};

function score(file: TestFile, rule: Rule): number {
  const folder = basename(dirname(file.path));
  let points = file.path.startsWith(`tests/db/${rule.module}/`) ? 4 : 0;
  rule.about.forEach((name, place) => {
    const weight = place === 0 ? 3 : 1;
    const short = shortNames(name);
    if (short.includes(folder)) points += 4 * weight;
    if (short.some((each) => file.words.has(each))) points += 2 * weight;
  });
  for (const word of rule.words) if (file.words.has(word)) points += 3;
  return points;
}

/** The tests in the order in which they are likely to notice; `related` is how many may. */
export function rankTests(tests: TestFile[], rule: Rule): { paths: string[]; related: number } {
  const scored = tests
    .map((file) => ({ file, points: score(file, rule) }))
    .sort((a, b) => b.points - a.points || a.file.size - b.file.size);
  return {
    paths: scored.map(({ file }) => file.path),
    related: scored.filter(({ points }) => points >= 4).length,
  };
}

const RACES: Record<string, string[]> = {
  credits: ["spend", "holds", "idempotency", "ledger_model", "lock_order"],
  jobs: ["claims", "job_endings", "lost_worker", "lock_order"],
  billing: ["webhooks", "lock_order"],
  identity: ["sign_up", "lock_order"],
  storage: ["lock_order"],
  editor: ["editor/", "job_endings", "lock_order"],
  video: ["video/", "lock_order"],
  staging: ["staging/", "lock_order"],
  social: ["social/", "langgraph", "lock_order"],
};

function namesOf(rule: Rule): string[] {
  const races = RACES[rule.module] ?? ["lock_order"];
  switch (rule.kind) {
    case "locks":
      return races.map((name) => `races/${name}`);
    case "policies":
    case "open-policies":
      return ["rights/attempts", "races/fuzz/"];
    case "uniques":
      return [...(rule.module === "social" ? ["races/langgraph"] : []), "races/fuzz/"];
    default:
      return ["races/fuzz/"];
  }
}

const TURNS = "tests/races/turns.test.ts";

/** The likely tests, the likeliest first. Who waits for whom needs two sessions to be seen. */
export function likelyTestsOf(rule: Rule, related: string[]): string[] {
  if (rule.kind === "locks") return [TURNS, ...related];
  const mayWait =
    (rule.kind === "guards" && !rule.name.includes(": raise ")) ||
    (rule.kind === "triggers" && rule.name.includes(": lock_"));
  return mayWait ? [...related, TURNS] : related;
}

/** The slow tests that may notice: races for a lock, the matrix of rights for a policy, hostile requests for all else. */
export function slowTestsOf(rule: Rule): string[] {
  const names = namesOf(rule);
  return readdirSync(join(ROOT, "tests"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts") && names.some((name) => path.startsWith(name)))
    .sort((a, b) => indexIn(names, a) - indexIn(names, b))
    .map((path) => `tests/${path}`);
}

const indexIn = (names: string[], path: string): number =>
  names.findIndex((name) => path.startsWith(name));
