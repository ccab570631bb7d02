import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "./config.ts";
import { FunctionProcess } from "./function_process.ts";
import { type Body, HttpError } from "./http.ts";
import { isValidToken } from "./jwt.ts";
import { StackError } from "./stack_error.ts";

// The hosted limit on an answer.
const TIMEOUT_MS = 150_000;

export interface FunctionHostOptions {
  root: string;
  logDir: string;
  config: Config;
  jwtSecret: string;
  env: Record<string, string>;
  // Real providers are elsewhere; the local ones are all on this machine.
  network: boolean;
}

export interface FunctionHost {
  readonly names: readonly string[];
  // Starts every function, so that the first caller need not wait. Fails with the first that does
  // not start; it is tried again all the same.
  warm(): Promise<void>;
  call(request: Request, body: Body): Promise<Response>;
  stop(): Promise<void>;
}

// Every functions/<name>/index.ts behind /functions/v1/<name>, each in a Deno process of its own.
export function hostFunctions(options: FunctionHostOptions): FunctionHost {
  const directory = join(options.root, "functions");
  const names = (existsSync(directory) ? readdirSync(directory) : []).filter((name) =>
    existsSync(join(directory, name, "index.ts")),
  );
  const processes = new Map(names.map((name) => [name, new FunctionProcess(name, options)]));

  return {
    names,
    async warm() {
      await Promise.all(
        [...processes].map(([name, process]) =>
          process.port().catch((error: unknown) => {
            const log = join(options.logDir, `${name}.log`);
            throw new StackError(`The function ${name} does not start: ${log} says why.`, {
              cause: error,
            });
          }),
        ),
      );
    },
    async call(request, body) {
      const url = new URL(request.url);
      const path = url.pathname.slice("/functions/v1".length);
      const name = path.split("/")[1] ?? "";
      const process = processes.get(name);
      if (!process) throw new HttpError(404, "function_not_found", `No function named ${name}.`);
      if (options.config.functions[name]?.verify_jwt !== false && request.method !== "OPTIONS") {
        if (!isValidToken(request.headers.get("authorization"), options.jwtSecret)) {
          throw new HttpError(401, "invalid_jwt", "This function needs a valid token.");
        }
      }
      const target = `http://127.0.0.1:${await process.port()}${path}${url.search}`;
      return send(target, request, body);
    },
    async stop() {
      await Promise.all([...processes.values()].map((process) => process.stop()));
    },
  };
}

const HOP_BY_HOP = [
  "host",
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "expect",
];

async function send(target: string, request: Request, body: Body): Promise<Response> {
  const headers = new Headers(request.headers);
  for (const name of HOP_BY_HOP) headers.delete(name);
  headers.set("x-forwarded-host", new URL(request.url).host);
  headers.set("x-forwarded-proto", "http");
  let response: Response;
  try {
    response = await fetch(target, {
      method: request.method,
      headers,
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    if ((error as Error).name === "TimeoutError") {
      throw new HttpError(504, "function_timeout", "The function did not answer in time.");
    }
    throw new HttpError(
      502,
      "function_failed",
      "The function ended before it answered.",
      "See .local/logs.",
    );
  }
  const answer = new Headers(response.headers);
  // fetch has unpacked the body already.
  for (const name of ["content-encoding", "content-length", "transfer-encoding", "connection"]) {
    answer.delete(name);
  }
  return new Response(response.body, { status: response.status, headers: answer });
}
