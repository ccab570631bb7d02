import { describe, expect, test } from "vitest";
import { parseTap } from "../../../scripts/local/testing/tap.ts";

describe("parseTap believes a file only when it is whole", () => {
  test("as many tests as planned, all ok", () => {
    expect(parseTap(["1..2", "ok 1 - a", "ok 2 - b"])).toEqual({
      passed: 2,
      failures: [],
      problems: [],
    });
  });

  test("the plan at the end, as finish() gives it after no_plan()", () => {
    expect(parseTap(["ok 1 - a", "1..1"]).problems).toEqual([]);
  });

  test("a failed test with its diagnostics", () => {
    const { passed, failures } = parseTap([
      "1..2",
      "not ok 1 - a",
      "#  have: 1",
      "#  want: 2",
      "ok 2",
    ]);
    expect(passed).toBe(1);
    expect(failures).toEqual(["not ok 1 - a\n#  have: 1\n#  want: 2"]);
  });

  test.each([
    ["no plan", ["ok 1 - a"]],
    ["no output", []],
    ["a plan of nothing", ["1..0"]],
    ["an early end", ["1..3", "ok 1 - a"]],
    ["more tests than planned", ["1..1", "ok 1 - a", "ok 2 - b"]],
    ["a bail-out", ["1..1", "ok 1 - a", "Bail out! no database"]],
  ])("%s is a problem", (_, lines) => {
    expect(parseTap(lines).problems).toHaveLength(1);
  });

  test("a value that only starts like a result is none", () => {
    expect(parseTap(["1..1", "ok 1 - a", "okay", "notes"]).problems).toEqual([]);
  });
});
