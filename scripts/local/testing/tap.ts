/** What a TAP stream came to. `problems` are reasons why it cannot be believed. */
export type TapResult = { passed: number; failures: string[]; problems: string[] };

const TEST = /^(not )?ok\b\s*(\d+)?\s*(?:-\s*)?(.*)$/;
const PLAN = /^1\.\.(\d+)/;

/**
 * Reads the lines of pgTAP. A file counts only if it said how many tests it has
 * (plan or finish) and ran that many: a file that ends early is a failure.
 */
export function parseTap(lines: string[]): TapResult {
  let planned: number | undefined;
  let passed = 0;
  const failures: string[] = [];
  const problems: string[] = [];
  for (const [index, line] of lines.entries()) {
    const plan = PLAN.exec(line);
    const test = TEST.exec(line);
    if (plan) {
      planned = Number(plan[1]);
    } else if (/^Bail out!/.test(line)) {
      problems.push(line);
    } else if (test) {
      const [, not, , description = ""] = test;
      // A test that is expected to fail does not fail the file.
      if (!not || /#\s*TODO\b/i.test(description)) passed += 1;
      else failures.push([line, ...diagnosticsAfter(lines, index)].join("\n"));
    }
  }
  const ran = passed + failures.length;
  if (planned === undefined) problems.push("no plan: call plan(n), or finish() after no_plan()");
  else if (ran === 0) problems.push("no test ran");
  else if (ran !== planned) problems.push(`planned ${planned} tests but ran ${ran}`);
  return { passed, failures, problems };
}

function diagnosticsAfter(lines: string[], index: number): string[] {
  const rest = lines.slice(index + 1);
  const end = rest.findIndex((line) => !line.startsWith("#"));
  return end < 0 ? rest : rest.slice(0, end);
}
