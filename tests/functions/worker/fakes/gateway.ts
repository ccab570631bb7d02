import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiError } from "../../../../functions/_shared/api_error.ts";
import type { FakeFiles } from "./files.ts";
import type { FakeJobStore } from "./job_store.ts";

// The arguments of all the job functions; each call has those that it needs.
interface Args {
  p_worker: string;
  p_limit: number;
  p_types: string[];
  p_providers: string[];
  p_exclude: string[];
  p_job_id: string;
  p_lock_token: string;
  p_progress: number | null;
  p_result: Record<string, unknown>;
  p_error: string;
  p_retryable: boolean;
  p_provider_fault?: boolean;
  p_run_at: string;
  p_state: Record<string, unknown> | null;
  p_api_provider: string;
  p_operation_type: string;
  p_request: unknown;
  p_response: unknown;
  p_status_code: number;
  p_response_time: number;
  p_external_id: string;
  p_payload: Record<string, unknown>;
}

// The part of Supabase's gateway that the worker's processes speak to, over the memory of this
// test: the job functions, the Storage API, and the way to the other functions.
export async function startGateway(store: FakeJobStore, files: FakeFiles) {
  const functions = new Map<string, number>();
  const callbacks: { status: number; body: string }[] = [];
  const rpc: Record<string, (args: Args) => unknown> = {
    claim_jobs: (a) => store.claim(a.p_worker, a.p_limit, a.p_types, a.p_providers),
    start_job: (a) => store.start(held(a)),
    heartbeat_job: (a) => store.heartbeat(held(a), a.p_progress),
    complete_job: (a) => store.complete(held(a), a.p_result),
    route_job: async (a) => {
      const routing = await store.route(held(a), a.p_providers, a.p_exclude);
      if (!routing.route) return { route: null, wait_seconds: routing.waitSeconds };
      const { timeoutSeconds, ...route } = routing.route;
      return { route: { ...route, timeout_seconds: timeoutSeconds } };
    },
    fail_job: (a) =>
      store.fail(held(a), {
        userMessage: a.p_error,
        retryable: a.p_retryable,
        providerFault: a.p_provider_fault,
      }),
    snooze_job: (a) => store.snooze(held(a), new Date(a.p_run_at), a.p_state),
    record_api_usage: (a) =>
      store.recordUsage({
        jobId: a.p_job_id,
        provider: a.p_api_provider,
        operation: a.p_operation_type,
        request: a.p_request,
        response: a.p_response,
        status: a.p_status_code,
        seconds: a.p_response_time,
      }),
    record_provider_callback: (a) => ({ outcome: store.callback(a.p_external_id, a.p_payload) }),
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "", "http://gateway.test");
    const body = await bodyOf(request);
    const [area, , ...rest] = url.pathname.slice(1).split("/");
    if (area === "rest") {
      const called = rpc[rest[1] ?? ""];
      if (!called) return reply(response, 404, { code: "PGRST202", message: rest[1] });
      const row = await called(JSON.parse(textOf(body)));
      return row === undefined ? reply(response, 204) : reply(response, 200, row);
    }
    if (area === "functions") return forward(request, response, rest, body);
    const [bucket = "", ...path] = rest.slice(1);
    const name = decodeURIComponent(path.join("/"));
    if (request.method === "POST") {
      files.put(bucket, name, body, request.headers["content-type"]);
      return reply(response, 200, { Key: `${bucket}/${name}`, Id: "1" });
    }
    if (request.method === "DELETE") {
      await files.remove(bucket, JSON.parse(textOf(body)).prefixes);
      return reply(response, 200, []);
    }
    const found = files.stored.get(`${bucket}/${name}`);
    if (!found) return reply(response, 400, { statusCode: "404", message: "Object not found" });
    response.writeHead(200, { "content-type": found.contentType }).end(found.bytes);
  };

  const forward = async (
    request: IncomingMessage,
    response: ServerResponse,
    [name = "", ...rest]: string[],
    body: Uint8Array<ArrayBuffer>,
  ) => {
    const target = `http://127.0.0.1:${functions.get(name)}/${[name, ...rest].join("/")}`;
    const headers = Object.entries(request.headers).filter(
      ([key]) => key.startsWith("webhook-") || key === "authorization",
    );
    const answered = await fetch(target, {
      method: request.method ?? "GET",
      headers: Object.fromEntries(headers) as Record<string, string>,
      body,
    });
    const text = await answered.text();
    if (name === "provider-webhook") callbacks.push({ status: answered.status, body: text });
    response.writeHead(answered.status).end(text);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const { status, code } = error instanceof ApiError ? error : { status: 500, code: "" };
      const message = code || String(error);
      reply(response, status, { code: `PT${status}`, message, details: "", hint: "" });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    functions,
    callbacks,
    stop: () => void server.close(),
  };
}

function held(args: Args) {
  return { id: args.p_job_id, lock_token: args.p_lock_token };
}

function reply(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of request) chunks.push(new Uint8Array(chunk));
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function textOf(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}
