import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { KINDS } from "./rules.ts";
import type { Verdict } from "./trial.ts";

/** The goal: so many of the rules that are taken away make a test fail. */
export const GOAL = 0.95;

export const identityOf = ({ kind, name }: Pick<Verdict, "kind" | "name">): string =>
  `${kind} ${name}`;

/** What earlier runs found, the newest of each rule. */
export function readVerdicts(path: string): Map<string, Verdict> {
  if (!existsSync(path)) return new Map();
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  const verdicts = lines.map((line) => JSON.parse(line) as Verdict);
  return new Map(verdicts.map((verdict) => [identityOf(verdict), verdict]));
}

export function keepVerdict(path: string, verdict: Verdict): void {
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, `${JSON.stringify(verdict)}\n`);
}

export function lineOf(verdict: Verdict): string {
  const { killedBy, untried, files, seconds } = verdict;
  const fate = untried ? `untried: ${untried}` : killedBy ? `killed by ${killedBy}` : "SURVIVED";
  return `${identityOf(verdict)}: ${fate} (${files} files, ${seconds} s)`;
}

/** The rates by kind and the names of what survived; whether the goal is met. */
export function report(verdicts: Verdict[], known: number): { text: string; met: boolean } {
  const tried = verdicts.filter((verdict) => !verdict.untried);
  const killed = (of: Verdict[]): number => of.filter((verdict) => verdict.killedBy).length;
  const rate = (of: Verdict[]): string =>
    of.length === 0 ? "-" : `${((100 * killed(of)) / of.length).toFixed(1)} %`;
  const row = (name: string, of: Verdict[]): string =>
    `${name.padEnd(14)} ${String(of.length).padStart(5)} ${String(killed(of)).padStart(6)}  ${rate(of)}`;
  const lines = [`${"kind".padEnd(14)} ${"tried".padStart(5)} ${"killed".padStart(6)}  rate`];
  for (const kind of KINDS) {
    const of = tried.filter((verdict) => verdict.kind === kind);
    if (of.length > 0) lines.push(row(kind, of));
  }
  lines.push(row("all", tried), `${verdicts.length} of ${known} rules`);
  const survivors = tried.filter((verdict) => !verdict.killedBy);
  if (survivors.length > 0)
    lines.push("", "survivors:", ...survivors.map((each) => `  ${identityOf(each)}`));
  const untried = verdicts.filter((verdict) => verdict.untried);
  if (untried.length > 0) lines.push("", "untried:", ...untried.map((each) => `  ${lineOf(each)}`));
  return { text: lines.join("\n"), met: killed(tried) >= GOAL * tried.length };
}
