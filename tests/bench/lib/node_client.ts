import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Both sides of a comparison run in this one Node, which the npm packages need; ours may be older. */
const NODE = fileURLToPath(new URL("../node_modules/.bin/node", import.meta.url));

export type Client = {
  child: ChildProcess;
  lines: string[];
  /** Its n-th line, once it has written it. */
  line: (n: number) => Promise<string>;
  ended: Promise<string>;
};

/** Starts a program of clients/ with its options as JSON; one that listens to its input ends with it. */
export function startClient(
  program: string,
  options: Record<string, unknown>,
  listens = false,
): Client {
  const path = fileURLToPath(new URL(`../clients/${program}.mjs`, import.meta.url));
  const child = spawn(NODE, [path, JSON.stringify(options)], {
    stdio: [listens ? "pipe" : "ignore", "pipe", "inherit"],
    env: { ...process.env, NO_LOG_SUCCESS: "1" },
  });
  const lines: string[] = [];
  let rest = "";
  if (!child.stdout) throw new Error(`${program} has no output`);
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
  });
  const ended = new Promise<string>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(lines.at(-1) ?? "");
      else reject(new Error(`${program} ended with ${code}`));
    });
  });
  // The one who starts it may look later.
  ended.catch(() => {});
  const line = async (n: number): Promise<string> => {
    for (;;) {
      const found = lines[n];
      if (found !== undefined) return found;
      if (child.exitCode !== null) throw new Error(`${program} ended without line ${n}`);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 10))]);
    }
  };
  return { child, lines, line, ended };
}

/** Runs it to its end; its last line is its answer. */
export async function runClient<Answer>(
  program: string,
  options: Record<string, unknown>,
): Promise<Answer> {
  return JSON.parse(await startClient(program, options).ended) as Answer;
}
