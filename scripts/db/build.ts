import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { DriftError, ROOT } from "./config.ts";
import { entry } from "./entry.ts";
import { concatenateSources, listSources } from "./sources.ts";

/** Until the first release there is one migration, and it is sql/ in order. */
export const BASELINE = "supabase/migrations/20261120000000_baseline.sql";

const HEADER = `-- Generated from sql/ by \`npm run db:build\`; change the files there, not this one.\n\n`;

export function buildBaseline(root = ROOT): string {
  return HEADER + concatenateSources(root);
}

function main(check: boolean): string {
  const path = join(ROOT, BASELINE);
  const wanted = buildBaseline();
  const found = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  const count = `${listSources().length} files of sql/`;
  if (found === wanted) return `${BASELINE} is ${count}`;
  if (check) {
    throw new DriftError(
      `${BASELINE} ${drift(found, wanted)}: run \`npm run db:build\` and commit it`,
    );
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wanted);
  return `${BASELINE} written from ${count}`;
}

/** Where the two part, by the name of the source: "differs" alone helps nobody. */
function drift(found: string | undefined, wanted: string): string {
  if (found === undefined) return "is missing";
  const [a, b] = [found.split("\n"), wanted.split("\n")];
  const line = b.findIndex((text, index) => text !== a[index]);
  const at = line < 0 ? b.length : line;
  const source = b.slice(0, at + 1).findLast((text) => /^-- sql\/.*\.sql$/.test(text));
  return `differs from sql/ at line ${at + 1}${source ? ` (${source.slice(3)})` : ""}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await entry(() => console.log(main(process.argv.includes("--check"))));
}
