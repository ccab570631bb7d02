import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

function texts(folder: string, ending: string): string[] {
  return readdirSync(`${ROOT}${folder}`, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith(ending))
    .map((path) => readFileSync(`${ROOT}${folder}/${path}`, "utf8"));
}

function words(files: string[], pattern: RegExp): Set<string> {
  return new Set(
    files.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? "")),
  );
}

// message = 'hold_already_' || status: the page lists what it becomes.
const STEMS = ["hold_already_"];

const page = readFileSync(`${ROOT}docs/errors.md`, "utf8");
const listed = words([page], /`([a-z]+(?:_[a-z]+)*)`/g);
const raised = new Set([
  ...words(texts("sql", ".sql"), /message = '([a-z_]+)'/g),
  ...words(texts("functions", ".ts"), /new ApiError\(\s*\d+,\s*"([a-z_]+)"/g),
]);

test("every error word that the database or a function raises is on the page", () => {
  const missing = [...raised].filter((word) => !listed.has(word) && !STEMS.includes(word));
  expect(missing).toEqual([]);
});

test("every word of the page's tables is raised somewhere", () => {
  const rows = page.split("\n").filter((line) => /^\| \d{3}/.test(line));
  const tabled = words(
    rows.map((row) => row.split("|")[2] ?? ""),
    /`([a-z]+(?:_[a-z]+)+)`/g,
  );
  const idle = [...tabled].filter(
    (word) => !raised.has(word) && !STEMS.some((stem) => word.startsWith(stem)),
  );
  expect(idle).toEqual([]);
});
