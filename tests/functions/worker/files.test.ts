import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  FileMissingError,
  FileTooLargeError,
  storageFiles,
} from "../../../functions/_shared/files.ts";
import { createServiceClient } from "../../../functions/_shared/supabase.ts";

// The Storage API as far as the worker speaks to it, over a real socket.
let server: Server;
let url: string;
let answer: { status: number; body: string | Uint8Array | (() => AsyncIterable<Uint8Array>) };
const seen: { method?: string; url?: string; type?: string; body: string }[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    const body = await bodyOf(request);
    seen.push({
      ...(method && { method }),
      ...(url && { url }),
      type: headers["content-type"] ?? "",
      body,
    });
    response.writeHead(answer.status, { "content-type": "application/json" });
    if (typeof answer.body !== "function") return response.end(answer.body);
    for await (const chunk of answer.body()) {
      if (response.destroyed) return;
      response.write(chunk);
    }
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => void seen.splice(0));

async function bodyOf(request: IncomingMessage): Promise<string> {
  request.setEncoding("utf8");
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}

const files = () => storageFiles(createServiceClient({ url, secretKey: "sb_secret_test" }));
const address = { bucket: "results", path: "user/a b.png" };
const signal = new AbortController().signal;

test("an object is downloaded", async () => {
  answer = { status: 200, body: "bytes" };
  const bytes = await files().download(address, 100, signal);
  expect(new TextDecoder().decode(bytes)).toBe("bytes");
});

test("a download stops at the limit, however long the object is", async () => {
  let sent = 0;
  async function* endless() {
    for (;;) {
      sent += 65_536;
      yield new Uint8Array(65_536);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  answer = { status: 200, body: endless };
  await expect(files().download(address, 1_000_000, signal)).rejects.toThrow(FileTooLargeError);
  expect(sent).toBeLessThan(20_000_000);
});

test.each([
  [400, { statusCode: "404", error: "not_found", message: "Object not found" }],
  [404, { message: "Object not found" }],
])("a missing object is told by HTTP %i", async (status, body) => {
  answer = { status, body: JSON.stringify(body) };
  await expect(files().download(address, 100, signal)).rejects.toThrow(FileMissingError);
});

test("a storage that is broken may be better later", async () => {
  answer = { status: 500, body: "{}" };
  await expect(files().download(address, 100, signal)).rejects.toMatchObject({
    name: "RetryableError",
  });
});

test("an upload carries raw bytes and their type", async () => {
  answer = { status: 200, body: '{"Id":"1","Key":"results/x"}' };
  await files().upload(address, new TextEncoder().encode("bytes"), "image/webp");
  expect(seen).toMatchObject([{ method: "POST", type: "image/webp", body: "bytes" }]);
});

test("a result over the bucket's limit is final", async () => {
  answer = { status: 400, body: '{"statusCode":"413","message":"too large"}' };
  const uploaded = files().upload(address, new Uint8Array(1), "image/webp");
  await expect(uploaded).rejects.toMatchObject({ name: "FinalError" });
});

test("objects are removed by name", async () => {
  answer = { status: 200, body: "[]" };
  await files().remove("results", ["a", "b"]);
  expect(seen[0]).toMatchObject({ method: "DELETE", url: "/storage/v1/object/results" });
  expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ prefixes: ["a", "b"] });
});
