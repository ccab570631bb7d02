import { ensureServer } from "../../scripts/local/server/index.ts";
import { commitName, describeMachine } from "./lib/machine.ts";
import {
  type Measurement,
  metText,
  saveMeasurement,
  valueText,
  writeReport,
} from "./lib/report.ts";
import { type Bench, NotRun, type Row } from "./lib/types.ts";
import { ROWS } from "./rows/index.ts";

const HELP = `Usage: scripts/bench [row …] [--quick] [--write]

  --quick   short runs, to see that every row works; their figures mean little
  --write   write docs/benchmarks.md from the last full run of every row

Rows: ${ROWS.map((row) => row.name).join(", ")}`;

// What initdb gives, but for these; the local server's own defaults are undone.
const SETTINGS = {
  max_connections: "200",
  shared_buffers: "1GB",
  max_wal_size: "1GB",
  jit: "on",
};

async function main(args: string[]): Promise<number> {
  const flags = new Set(args.filter((arg) => arg.startsWith("-")));
  const names = args.filter((arg) => !arg.startsWith("-"));
  const wrong =
    [...flags].find((flag) => !["--quick", "--write", "--help"].includes(flag)) ??
    names.find((name) => ROWS.every((row) => row.name !== name));
  if (wrong !== undefined || flags.has("--help")) {
    console.log(wrong === undefined ? HELP : `Unknown: ${wrong}\n\n${HELP}`);
    return wrong === undefined ? 0 : 2;
  }
  const quick = flags.has("--quick");
  if (quick && flags.has("--write")) {
    console.error("--quick figures are not written: run without it");
    return 2;
  }
  const chosen = names.length > 0 ? ROWS.filter((row) => names.includes(row.name)) : ROWS;

  const log = (line: string) => console.error(line);
  const server = await ensureServer({ durable: true, own: true, settings: SETTINGS }, log);
  let failed = 0;
  try {
    const pick = <T>(full: T, short: T): T => (quick ? short : full);
    const bench: Bench = { server, quick, log, pick };
    const machine = await describeMachine(bench);
    for (const line of machine) log(line);
    const command = ["scripts/bench", ...args].join(" ");
    for (const row of chosen) {
      const record = await measure(row, bench, machine, command);
      if (!record) failed += 1;
      else if (!quick) saveMeasurement(record);
    }
  } finally {
    await server.stop();
  }
  if (flags.has("--write")) log(`written: ${writeReport(ROWS)}`);
  return failed > 0 ? 1 : 0;
}

async function measure(
  row: Row,
  bench: Bench,
  machine: string[],
  command: string,
): Promise<Measurement | undefined> {
  bench.log(`\n${row.name}: ${row.title}`);
  const record = {
    name: row.name,
    date: new Date().toISOString().slice(0, 16).replace("T", " "),
    commit: commitName(),
    command,
    machine,
    figures: [],
    notes: [],
  };
  const started = Date.now();
  try {
    const result = await row.run(bench);
    for (const figure of result.figures) {
      const goal = figure.goal ? ` [${figure.goal.text}: ${metText(figure)}]` : "";
      const against = figure.against ? ` / ${figure.against}` : "";
      console.log(`${figure.measured}${against}: ${valueText(figure)}${goal} ${figure.absolute}`);
    }
    for (const note of result.notes) console.log(`  ${note}`);
    bench.log(`  (${Math.round((Date.now() - started) / 1000)} s)`);
    return { ...record, ...result };
  } catch (error) {
    if (error instanceof NotRun) {
      console.log(`not run: ${error.message}`);
      return { ...record, notRun: error.message };
    }
    console.error(`${row.name} failed:`, error);
    return undefined;
  }
}

process.exitCode = await main(process.argv.slice(2));
