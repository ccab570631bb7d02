// Ends with 1 when node_modules is not what package-lock.json says. Plain
// JavaScript without imports from npm: it runs before there is anything to import.
import { readFileSync } from "node:fs";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")).packages;

try {
  const wanted = read("../../package-lock.json");
  const installed = read("../../node_modules/.package-lock.json");
  const stale = Object.entries(wanted).find(
    // Optional packages are those of other platforms, as a rule.
    ([path, { version, optional }]) =>
      path !== "" && !optional && installed[path]?.version !== version,
  );
  process.exit(stale ? 1 : 0);
} catch {
  process.exit(1);
}
