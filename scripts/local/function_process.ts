import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, appendFileSync, closeSync, constants, mkdirSync, openSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { FunctionHostOptions } from "./functions.ts";
import { HttpError } from "./http.ts";
import { StackError } from "./stack_error.ts";

const READY_MS = 30_000;
const STEADY_MS = 10_000;
const FIRST_BACKOFF_MS = 250;
const LAST_BACKOFF_MS = 10_000;
const STOP_MS = 3_000;

// One edge function: started when first asked for, started again when it dies.
export class FunctionProcess {
  readonly #name: string;
  readonly #options: FunctionHostOptions;
  #ready: Promise<number> | undefined;
  #child: ChildProcess | undefined;
  #backoff = 0;
  #stopped = false;

  constructor(name: string, options: FunctionHostOptions) {
    this.#name = name;
    this.#options = options;
  }

  // The port it listens on, once it does.
  port(): Promise<number> {
    this.#ready ??= this.#start();
    return this.#ready;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const child = this.#child;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.stdin?.end();
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(late);
  }

  async #start(): Promise<number> {
    if (this.#backoff > 0) await wait(this.#backoff, undefined, { ref: false });
    if (this.#stopped) throw this.#unavailable();
    const port = await freePort();
    const startedAt = Date.now();
    const child = this.#spawn(port);
    this.#child = child;
    let ended = false;
    // A process that could not be made has no exit, only an error.
    for (const event of ["exit", "error"]) {
      child.once(event, () => {
        if (!ended) this.#ended(startedAt);
        ended = true;
      });
    }
    while (Date.now() - startedAt < READY_MS) {
      if (ended) throw this.#unavailable();
      if (await accepts(port)) return port;
      await wait(20);
    }
    child.kill("SIGKILL");
    throw this.#unavailable();
  }

  #spawn(port: number): ChildProcess {
    const { root, logDir, env, network } = this.#options;
    mkdirSync(logDir, { recursive: true });
    const logFile = join(logDir, `${this.#name}.log`);
    const log = openSync(logFile, "a");
    const entry = pathToFileURL(join(root, "functions", this.#name, "index.ts")).href;
    const child = spawn(
      requireDeno(root),
      [
        "run",
        "--no-prompt",
        "--quiet",
        `--config=${join(root, "deno.json")}`,
        network ? "--allow-net" : "--allow-net=127.0.0.1",
        "--allow-env",
        `--allow-read=${root}`,
        // The Stripe SDK names the system in a header.
        "--allow-sys=osRelease,hostname,cpus",
        fileURLToPath(new URL("./function_host.mjs", import.meta.url)),
        entry,
      ],
      {
        cwd: root,
        stdio: ["pipe", log, log],
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          DENO_DIR: process.env.DENO_DIR,
          DENO_NO_UPDATE_CHECK: "1",
          NO_COLOR: "1",
          ...env,
          DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`,
        },
      },
    );
    child.on("error", (error) => appendFileSync(logFile, `${error.message}\n`));
    child.stdin?.on("error", () => {});
    closeSync(log);
    return child;
  }

  #ended(startedAt: number): void {
    this.#ready = undefined;
    if (this.#stopped) return;
    const steady = Date.now() - startedAt > STEADY_MS;
    this.#backoff = steady
      ? FIRST_BACKOFF_MS
      : Math.min(Math.max(this.#backoff * 2, FIRST_BACKOFF_MS), LAST_BACKOFF_MS);
    this.port().catch(() => {});
  }

  #unavailable(): HttpError {
    const log = `.local/logs/${this.#name}.log`;
    return new HttpError(
      503,
      "function_unavailable",
      `The function ${this.#name} does not run.`,
      `Its log is ${log}.`,
    );
  }
}

// The binary itself: the script of the npm package would be one more process to end.
export function requireDeno(root: string): string {
  for (const place of ["deno/deno", ".bin/deno"]) {
    const binary = join(root, "node_modules", place);
    try {
      accessSync(binary, constants.X_OK);
      return binary;
    } catch {
      // The other place may have it.
    }
  }
  throw new StackError(
    "Deno is missing from node_modules, or cannot be executed: run npm ci, then start again.",
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const finish = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => finish(true));
    socket.once("error", () => finish(false));
  });
}
