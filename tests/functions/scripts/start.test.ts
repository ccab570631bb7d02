import { type ChildProcess, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isRunning } from "../../../scripts/local/server/processes.ts";

const SCRIPTS = fileURLToPath(new URL("../../../scripts", import.meta.url));

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "tallybase-start-"));
  mkdirSync(join(project, "scripts/local"), { recursive: true });
  for (const file of ["start", "local/prepare.sh", "local/stale_modules.mjs"]) {
    cpSync(join(SCRIPTS, file), join(project, "scripts", file));
  }
  mkdirSync(join(project, "bin"));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const pidFile = (): string => join(project, "npm.pid");

function stubNpm(script: string): void {
  writeFileSync(join(project, "bin/npm"), `#!/usr/bin/env bash\n${script}\n`, { mode: 0o755 });
}

function start(path = join(project, "scripts/start")): { child: ChildProcess; said: () => string } {
  const env = { ...process.env, PATH: `${join(project, "bin")}:${process.env.PATH}` };
  const child = spawn(path, [], { env, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  return { child, said: () => text };
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once("close", resolve));

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s during the first install ends npm and what it started", async (signal, code) => {
  // npm that is deaf to signals, with a child of its own.
  stubNpm(`trap '' INT TERM; sleep 60 & echo "$$ $!" > "${pidFile()}.new"
    mv "${pidFile()}.new" "${pidFile()}"; wait`);
  const { child, said } = start();
  const exit = ended(child);
  await expect.poll(() => existsSync(pidFile()), { timeout: 10_000 }).toBe(true);
  const pids = readFileSync(pidFile(), "utf8").trim().split(" ").map(Number);
  child.kill(signal);
  expect(await exit).toBe(code);
  expect(pids.filter(isRunning)).toEqual([]);
  expect(said()).toBe("installing the npm packages\n");
});

test("it finds the project through a symbolic link", async () => {
  stubNpm("exit 1");
  mkdirSync(join(project, "elsewhere/far"), { recursive: true });
  const link = join(project, "elsewhere/far/tallybase");
  symlinkSync(join(project, "scripts/start"), link);
  const { child, said } = start(link);
  expect(await ended(child)).toBe(1);
  expect(said()).toContain("npm ci failed");
});
