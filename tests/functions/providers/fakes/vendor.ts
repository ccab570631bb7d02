import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll } from "vitest";
import type {
  MediaRequest,
  ProviderContext,
  Route,
} from "../../../../functions/_shared/providers/types.ts";
import { FakeFiles } from "../../worker/fakes/files.ts";

export interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
  text: string;
  json: unknown;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  body?: string | Uint8Array;
  // Says nothing until the caller gives up.
  never?: boolean;
  // Ends the connection in the middle.
  broken?: boolean;
}

type Handler = (asked: Asked) => Reply;

// A vendor on this machine: a real HTTP server that speaks what the test makes it speak.
export function vendorServer() {
  const asked: Asked[] = [];
  let handler: Handler = () => ({ status: 500 });
  const server = createServer(async (request, response) => {
    // One character a byte, so that a picture in a form survives.
    request.setEncoding("latin1");
    let text = "";
    for await (const chunk of request) text += chunk;
    const one: Asked = {
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers as Record<string, string>,
      text,
      json: text.startsWith("{") ? JSON.parse(Buffer.from(text, "latin1").toString()) : undefined,
    };
    asked.push(one);
    const reply = handler(one);
    if (reply.never) return;
    if (reply.broken) {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"half":');
      setTimeout(() => response.destroy(), 10);
      return;
    }
    const body = reply.json === undefined ? reply.body : JSON.stringify(reply.json);
    const type = reply.json === undefined ? "application/octet-stream" : "application/json";
    const headers = { "content-type": type, connection: "close", ...reply.headers };
    response.writeHead(reply.status ?? 200, headers).end(body);
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterEach(() => void asked.splice(0));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    asked,
    get url(): string {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    answers(next: Handler | Reply): void {
      handler = typeof next === "function" ? next : () => next;
    },
  };
}

export function routeTo(more: Partial<Route> = {}): Route {
  return { id: "route", provider: "vendor", model: "", timeoutSeconds: 60, settings: {}, ...more };
}

export function contextOf(
  route: Partial<Route> = {},
  more: Partial<ProviderContext> = {},
): ProviderContext {
  return {
    route: routeTo(route),
    jobId: "job-1",
    userId: "user",
    subjectId: "subject",
    attempt: 1,
    maxAttempts: 3,
    idempotencyKey: "job-1",
    signal: new AbortController().signal,
    progress: () => undefined,
    files: new FakeFiles(),
    ...more,
  };
}

// The least that is a PNG of one pixel.
export const PNG_BASE64 =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
export const PNG = new Uint8Array(Buffer.from(PNG_BASE64, "base64"));

export function requestOf(operation: string, more: Partial<MediaRequest> = {}): MediaRequest {
  return { operation, options: {}, ...more };
}

export const withSource: Partial<MediaRequest> = {
  source: async () => ({ bytes: PNG, contentType: "image/png", width: 1, height: 1 }),
};

// What went wrong, as the worker sees it.
export async function failure(work: Promise<unknown>): Promise<{
  name: string;
  userMessage: string;
  status: number | undefined;
  retryAfterSeconds?: number | undefined;
}> {
  try {
    await work;
  } catch (error) {
    return error as Awaited<ReturnType<typeof failure>>;
  }
  throw new Error("It did not fail.");
}
