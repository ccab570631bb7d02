import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../../scripts/db/config.ts";
import { isMet } from "./profile.ts";
import type { Figure, Row } from "./types.ts";

/** What is kept of a row's last full run, so that rows can be measured one by one. */
export type Measurement = {
  name: string;
  date: string;
  commit: string;
  command: string;
  machine: string[];
  figures: Figure[];
  notes: string[];
  notRun?: string;
};

const FOLDER = join(ROOT, ".local", "bench");
const REPORT = join(ROOT, "docs", "benchmarks.md");

export function saveMeasurement(record: Measurement): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${record.name}.json`), `${JSON.stringify(record, null, 2)}\n`);
}

function loadMeasurement(name: string): Measurement | undefined {
  try {
    return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8")) as Measurement;
  } catch {
    return undefined;
  }
}

const round = (value: number): string => {
  if (!Number.isFinite(value)) return "?";
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
};

export function valueText({ value, spread, unit }: Figure): string {
  const suffix = { ratio: "", count: "", ms: " ms", s: " s" }[unit];
  const range = spread ? ` (${round(spread[0])} to ${round(spread[1])})` : "";
  return `${round(value)}${suffix}${range}`;
}

export function metText(figure: Figure): string {
  const met = isMet(figure);
  return met === undefined ? "" : met ? "yes" : "**no**";
}

export function writeReport(rows: Row[]): string {
  const records = rows.flatMap((row) => {
    const record = loadMeasurement(row.name);
    return record ? [{ row, record }] : [];
  });
  const newest = records.map(({ record }) => record).sort((a, b) => (a.date < b.date ? 1 : -1))[0];
  if (!newest) return REPORT;
  const text = [
    "# Benchmarks",
    "",
    "Written by `scripts/bench --write`; do not edit. Every figure is a ratio of two sides that were measured in turn (A B A B A B) in one run on one durable server: the median of the rounds' ratios, with the lowest and the highest. The absolute numbers hold for this machine alone. A figure short of its goal is reported as it is.",
    "",
    ...newest.machine.map((line) => `- ${line}`),
    `- ${newest.date}, commit ${newest.commit}`,
    `- \`${newest.command}\``,
    "",
    "| measured | against | figure | goal | met | absolute |",
    "| --- | --- | --- | --- | --- | --- |",
    ...records.flatMap(({ record }) =>
      record.notRun
        ? [`| ${record.name} | | not run | | | ${record.notRun} |`]
        : record.figures.map(
            (figure) =>
              `| ${[figure.measured, figure.against, valueText(figure), figure.goal?.text ?? "", metText(figure), figure.absolute].join(" | ")} |`,
          ),
    ),
    "",
    ...records.flatMap(({ row, record }) => [...section(row, record, newest), ""]),
  ];
  writeFileSync(REPORT, `${text.join("\n").trimEnd()}\n`);
  return REPORT;
}

function section(row: Row, record: Measurement, newest: Measurement): string[] {
  const missed = record.figures.some((figure) => isMet(figure) === false);
  const other =
    record.commit !== newest.commit ? [`Measured ${record.date} at ${record.commit}.`] : [];
  return [
    `## ${row.title}`,
    "",
    `\`scripts/bench ${row.name}\`. ${row.method}`,
    ...(other.length > 0 ? ["", ...other] : []),
    ...(record.notRun ? ["", `Not run: ${record.notRun}.`] : []),
    ...(record.notes.length > 0
      ? ["", ...(missed ? ["What holds it:", ""] : []), ...record.notes.map((note) => `- ${note}`)]
      : []),
  ];
}
