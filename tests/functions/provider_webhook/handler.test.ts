import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { localCallbacks } from "../../../functions/_shared/providers/local_callback.ts";
import { signWebhook } from "../../../functions/_shared/providers/webhook_signature.ts";
import { providerWebhookHandler } from "../../../functions/provider-webhook/handler.ts";

const BASE = "http://gateway.test/functions/v1/provider-webhook";
const SECRET = "secret";
const BODY = JSON.stringify({ external_id: "order-1", status: "succeeded" });

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(console, "info").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

type Answer = { data: unknown; error: { code: string; message: string } | null; status: number };

function webhook(answer: Partial<Answer> = {}, secret: string | undefined = SECRET) {
  const stored: unknown[] = [];
  const handler = providerWebhookHandler({
    providers: [localCallbacks(secret)],
    database: {
      rpc: async (name, args) => {
        stored.push([name, args]);
        return { data: { outcome: "woken", job_id: null }, error: null, status: 200, ...answer };
      },
    },
  });
  return { handler, stored };
}

function callback(body = BODY, more: { path?: string; sentAt?: Date; secret?: string } = {}) {
  const headers = signWebhook(more.secret ?? SECRET, "msg_1", more.sentAt ?? new Date(), body);
  return new Request(`${BASE}${more.path ?? "/local"}`, { method: "POST", headers, body });
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}

describe("a callback that is believed", () => {
  test.each(["woken", "already_ended", "unknown"])("is answered with 200: %s", async (outcome) => {
    const { handler, stored } = webhook({ data: { outcome, job_id: null } });
    const response = await handler(callback());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ outcome });
    expect(stored).toEqual([
      [
        "record_provider_callback",
        {
          p_provider: "local",
          p_external_id: "order-1",
          p_payload: { status: "succeeded", outcome: "succeeded" },
        },
      ],
    ]);
  });

  test("stores checked fields only", async () => {
    const { handler, stored } = webhook();
    await handler(callback(JSON.stringify({ ...JSON.parse(BODY), note: "x", token: "y" })));
    expect(JSON.stringify(stored)).not.toMatch(/note|token/);
  });

  test("comes again when the database is away", async () => {
    const { handler } = webhook({ data: null, error: { code: "", message: "fetch failed" } });
    const response = await handler(callback());
    expect([response.status, await codeOf(response)]).toEqual([503, "callback_not_stored"]);
  });

  test("comes again when the database refuses it or answers strangely", async () => {
    const refusal = { code: "PT409", message: "retry_on_conflict" };
    expect((await webhook({ error: refusal }).handler(callback())).status).toBe(503);
    expect((await webhook({ data: { outcome: "what" } }).handler(callback())).status).toBe(503);
  });
});

describe("a callback that is not believed stores nothing", () => {
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
  test.each([
    ["a wrong secret", callback(BODY, { secret: "other" })],
    ["an old time", callback(BODY, { sentAt: ago(400) })],
    ["a time in the future", callback(BODY, { sentAt: ago(-400) })],
    ["no signature", new Request(`${BASE}/local`, { method: "POST", body: BODY })],
    ["no body", new Request(`${BASE}/local`, { method: "POST" })],
  ])("%s: 401", async (_name, request) => {
    const { handler, stored } = webhook();
    const response = await handler(request);
    expect([response.status, await codeOf(response)]).toEqual([401, "signature_invalid"]);
    expect(stored).toEqual([]);
  });

  test.each([
    ["not JSON", "{"],
    ["not an object", "[]"],
    ["without an order", '{"status":"succeeded"}'],
    ["of an unknown status", '{"external_id":"1","status":"sleeping"}'],
  ])("a signed body that is %s: 400", async (_name, body) => {
    const { handler, stored } = webhook();
    const response = await handler(callback(body));
    expect([response.status, await codeOf(response)]).toEqual([400, "callback_invalid"]);
    expect(stored).toEqual([]);
  });

  test("a body over 1 MiB: 413", async () => {
    const { handler, stored } = webhook();
    const response = await handler(callback(" ".repeat(1024 * 1024 + 1)));
    expect([response.status, await codeOf(response)]).toEqual([413, "payload_too_large"]);
    expect(stored).toEqual([]);
  });

  test.each(["/nobody", "", "/", "/local/more", "/constructor"])("to %j: 404", async (path) => {
    const response = await webhook().handler(callback(BODY, { path }));
    expect([response.status, await codeOf(response)]).toEqual([404, "provider_unknown"]);
  });

  test("without a secret to check it with: 500", async () => {
    const { handler, stored } = webhook({}, "");
    const response = await handler(callback());
    const code = await codeOf(response);
    expect([response.status, code]).toEqual([500, "provider_webhook_secret_missing"]);
    expect(stored).toEqual([]);
  });

  test("by GET: 405", async () => {
    expect((await webhook().handler(new Request(`${BASE}/local`))).status).toBe(405);
  });
});
