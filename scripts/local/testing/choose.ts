import { existsSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { ConfigError, ROOT } from "../../db/config.ts";
import { SUITES, type Suite } from "./types.ts";

/** The suites and the paths in them that the command line names; without names, all. */
export function chooseSuites(args: string[]): { suites: Suite[]; filters: string[] } {
  if (args.length === 0) return { suites: [...SUITES], filters: [] };
  const chosen = new Set<Suite>();
  const filters: string[] = [];
  for (const arg of args) {
    const named = SUITES.filter((suite) => suite.name === arg);
    const found = named.length > 0 ? named : suitesOfPath(arg);
    if (found.length === 0) {
      const names = SUITES.map((suite) => suite.name).join(", ");
      throw new ConfigError(`"${arg}" is neither a suite (${names}) nor a path of tests`);
    }
    for (const suite of found) chosen.add(suite);
    if (named.length === 0) filters.push(normalise(arg));
  }
  return { suites: SUITES.filter((suite) => chosen.has(suite)), filters };
}

function suitesOfPath(arg: string): Suite[] {
  if (!existsSync(resolve(arg))) return [];
  const path = normalise(arg);
  return SUITES.filter((suite) => `${path}/`.startsWith(`${suite.folder}/`));
}

/** Relative to the repository; a folder keeps its slash, so that tests/db/job is not tests/db/jobs. */
function normalise(arg: string): string {
  const path = relative(ROOT, resolve(arg));
  return statSync(join(ROOT, path)).isDirectory() ? `${path}/` : path;
}
