import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

function run(script: string, arg: string) {
  const args = ["--import", "tsx", `scripts/local/${script}.ts`, arg];
  const { status, stdout, stderr } = spawnSync("node", args, { cwd: ROOT, encoding: "utf8" });
  return { status, stdout, stderr };
}

test.each(["check", "test"])("scripts/%s refuses a name that it does not know", (script) => {
  expect(run(script, "nonsense")).toEqual({
    status: 1,
    stdout: "",
    stderr: expect.stringMatching(/^"nonsense" is n[^\n]+\n$/),
  });
});

test.each(["check", "test"])("scripts/%s --help tells the names", (script) => {
  const { status, stdout } = run(script, "--help");
  expect(status).toBe(0);
  expect(stdout).toContain(`Usage: ./scripts/${script}`);
});
