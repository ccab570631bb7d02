import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { FunctionHost } from "./functions.ts";
import { forward, HttpError, preflight, readBody, withCors } from "./http.ts";
import type { Keys } from "./keys.ts";
import type { Fetch } from "./lite.ts";
import { messageOf, StackError } from "./stack_error.ts";
import { storageRequest } from "./storage_gateway.ts";

const MIB = 2 ** 20;
const REST_LIMIT = 16 * MIB;
const AUTH_LIMIT = MIB;
const FUNCTION_LIMIT = 10 * MIB;
// A form's own lines, around the file.
const FORM_OVERHEAD = MIB;

export interface GatewayParts {
  lite: Fetch;
  keys: Keys;
  functions: FunctionHost | undefined;
  fileSizeLimit: number;
  // Called after each request that may have written something.
  onWrite: () => void;
  onError: (error: unknown) => void;
}

export interface Gateway {
  url: string;
  // Until then every request is told to come back.
  open(parts: GatewayParts): void;
  close(): Promise<void>;
}

// Takes the port first and opens later: a taken port is known before anything is made.
export async function startGateway(port: number): Promise<Gateway> {
  let parts: GatewayParts | undefined;
  const server = createAdaptorServer({
    fetch: (request) => (parts ? answer(parts, request) : starting(request)),
    // Its own Request and Response would become everyone's.
    overrideGlobalObjects: false,
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  }).catch((error: unknown) => {
    throw portError(error, port, "API_PORT");
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    open: (ready) => {
      parts = ready;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

// Any other error than that of listening stays what it is.
export function portError(error: unknown, port: number, name: string): unknown {
  const { code, syscall } = error as { code?: string; syscall?: string };
  if (syscall !== "listen") return error;
  const taken = code === "EADDRINUSE";
  const what = taken
    ? `Port ${port} is taken: stop what uses it (another ./scripts/start?)`
    : `Port ${port} cannot be used (${messageOf(error)}): free it`;
  return new StackError(`${what}, or set ${name} to another port.`, { cause: error });
}

async function answer(parts: GatewayParts, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const area = /^\/([a-z]+)\/v1(?:\/|$)/.exec(pathname)?.[1];
  try {
    if (pathname === "/health") return Response.json({ status: "ok" });
    if (area === "functions") {
      if (!parts.functions) throw new HttpError(404, "not_found", "No functions run here.");
      const body = await readBody(request, FUNCTION_LIMIT);
      return await parts.functions.call(request, body);
    }
    if (area === "rest" || area === "auth" || area === "storage") {
      if (request.method === "OPTIONS") return preflight(request);
      const response = await fromLite(parts, area, request);
      if (request.method !== "GET" && request.method !== "HEAD") parts.onWrite();
      return withCors(response);
    }
    throw new HttpError(404, "not_found", `Nothing is served at ${pathname}.`);
  } catch (error) {
    const response = errorResponse(parts, error, area);
    return area === "functions" ? response : withCors(response);
  }
}

async function fromLite(parts: GatewayParts, area: string, request: Request): Promise<Response> {
  if (area === "storage") {
    const body = await readBody(request, parts.fileSizeLimit + FORM_OVERHEAD);
    return storageRequest(parts.lite, parts.keys, request, body);
  }
  const body = await readBody(request, area === "auth" ? AUTH_LIMIT : REST_LIMIT);
  return parts.lite(forward(new URL(request.url), request, new Headers(request.headers), body));
}

// Each area's clients read errors their own way.
function errorResponse(parts: GatewayParts, error: unknown, area: string | undefined): Response {
  if (!(error instanceof HttpError)) parts.onError(error);
  const known =
    error instanceof HttpError
      ? error
      : new HttpError(500, "internal_error", "The local stack failed: see .local/logs/stack.log.");
  const { status, code, message, hint = null } = known;
  if (area === "functions" || area === undefined) {
    return Response.json({ error: { code, message, hint } }, { status });
  }
  if (area === "storage") {
    return Response.json({ statusCode: String(status), error: code, code, message }, { status });
  }
  return Response.json({ code, message, details: null, hint }, { status });
}

function starting(request: Request): Response {
  if (request.method === "OPTIONS") return preflight(request);
  const error = { code: "starting", message: "The local stack is starting.", hint: "Try again." };
  return withCors(Response.json({ error }, { status: 503, headers: { "retry-after": "1" } }));
}
