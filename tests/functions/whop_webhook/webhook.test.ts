import { Webhook } from "standardwebhooks";
import { expect, onTestFinished, test, vi } from "vitest";
import type { RpcClient } from "../../../functions/_shared/rpc.ts";
import { createWhopWebhookHandler } from "../../../functions/whop-webhook/handler.ts";

type RpcAnswer = Awaited<ReturnType<RpcClient["rpc"]>>;

// As Whop hands it out: not base64, all of its bytes are the key.
const SECRET = "ws_0123456789abcdef";
const ID = "msg_1";
const EVENT = {
  id: ID,
  api_version: "v1",
  timestamp: "2026-11-20T08:00:00.123Z",
  type: "membership.activated",
  data: { id: "mem_1", status: "active", user: { id: "user_1" } },
};
const TEXT = JSON.stringify(EVENT);

const stored: RpcAnswer = { data: { id: "row", status: "applied" }, error: null, status: 200 };

function signed(
  text: string,
  { secret = SECRET, id = ID, secondsAgo = 0 } = {},
): Record<string, string> {
  const at = new Date(Date.now() - secondsAgo * 1000);
  // @whop/sdk is given btoa(secret), which comes to the same key.
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(btoa(secret)).sign(id, at, text),
  };
}

function webhook(webhookSecrets = [SECRET], answer = stored) {
  const errors = vi.spyOn(console, "error").mockReturnValue();
  onTestFinished(() => errors.mockRestore());
  const rpc = vi.fn(async (_name: string, _args: Record<string, unknown>) => answer);
  const handler = createWhopWebhookHandler({ webhookSecrets, asService: { rpc } });
  const post = async (body: BodyInit, headers: Record<string, string> = {}) => {
    const request = new Request("http://f/whop-webhook", { method: "POST", headers, body });
    const response = await handler(request);
    const json = await response.json();
    return { status: response.status, code: json.error?.code, body: json };
  };
  return { handler, post, rpc };
}

test("a signed event is recorded once as it came", async () => {
  const { post, rpc } = webhook();
  expect(await post(TEXT, signed(TEXT))).toEqual({
    status: 200,
    code: undefined,
    body: { received: true, status: "applied" },
  });
  expect(rpc).toHaveBeenCalledOnce();
  expect(rpc).toHaveBeenCalledWith("record_webhook_event", { p_source: "whop", p_event: EVENT });
});

test("its id is the signed webhook-id, whatever the body says", async () => {
  const { post, rpc } = webhook();
  const text = JSON.stringify({ ...EVENT, id: "msg_of_somebody_else" });
  await post(text, signed(text, { id: "msg_2" }));
  expect(rpc.mock.calls[0]?.[1].p_event).toMatchObject({ id: "msg_2" });
});

test("an event of an older API version is filed by its action and the time of the header", async () => {
  const { post, rpc } = webhook();
  const text = JSON.stringify({ action: "membership.went_valid", data: { id: "mem_1" } });
  const headers = signed(text);
  expect((await post(text, headers)).status).toBe(200);
  expect(rpc.mock.calls[0]?.[1].p_event).toMatchObject({
    id: ID,
    type: "membership.went_valid",
    timestamp: new Date(Number(headers["webhook-timestamp"]) * 1000).toISOString(),
  });
});

const good = signed(TEXT);
const signature = good["webhook-signature"] ?? "";

// What is sent instead, and why it does not hold.
const REFUSED: [string, Record<string, string>][] = [
  ["missing", { "webhook-id": ID, "webhook-timestamp": good["webhook-timestamp"] ?? "" }],
  ["without an id", { ...good, "webhook-id": "" }],
  ["without a time", { ...good, "webhook-timestamp": "" }],
  ["with a time that is no number", { ...good, "webhook-timestamp": "now" }],
  [
    "with a number and more for a time",
    { ...good, "webhook-timestamp": `${good["webhook-timestamp"]}x` },
  ],
  ["empty", { ...good, "webhook-signature": "" }],
  ["of another scheme", { ...good, "webhook-signature": signature.replace("v1", "v1a") }],
  ["cut short", { ...good, "webhook-signature": signature.slice(0, -3) }],
  ["of another id", { ...good, "webhook-id": "msg_2" }],
  [
    "of another time",
    { ...good, "webhook-timestamp": String(Number(good["webhook-timestamp"]) + 1) },
  ],
  ["by another secret", signed(TEXT, { secret: "ws_other" })],
  ["of another body", signed(`${TEXT} `)],
  ["301 seconds old", signed(TEXT, { secondsAgo: 301 })],
  ["a year old", signed(TEXT, { secondsAgo: 31_536_000 })],
  ["of the future", signed(TEXT, { secondsAgo: -400 })],
];

test.each(REFUSED)("a signature that is %s: 400, nothing stored", async (_, headers) => {
  const { post, rpc } = webhook();
  expect(await post(TEXT, headers)).toMatchObject({ status: 400, code: "signature_invalid" });
  expect(rpc).not.toHaveBeenCalled();
});

test("a signature just inside of the tolerance holds", async () => {
  const { post } = webhook();
  expect((await post(TEXT, signed(TEXT, { secondsAgo: 290 }))).status).toBe(200);
});

test("one good signature among several holds", async () => {
  const { post } = webhook();
  const several = `v1,${btoa("another one")} ${signature}`;
  expect((await post(TEXT, { ...good, "webhook-signature": several })).status).toBe(200);
});

test("the raw bytes count: the same JSON written otherwise does not hold", async () => {
  const { post, rpc } = webhook();
  const pretty = JSON.stringify(EVENT, null, 2);
  expect((await post(pretty, signed(TEXT))).status).toBe(400);
  expect(rpc).not.toHaveBeenCalled();
  expect((await post(pretty, signed(pretty))).status).toBe(200);
});

test("bytes that are not UTF-8 do not hold", async () => {
  const { post, rpc } = webhook();
  expect((await post(new Uint8Array([0xff, 0xfe]), signed("\ufffd\ufffd"))).status).toBe(400);
  expect(rpc).not.toHaveBeenCalled();
});

test("without a secret everything is refused", async () => {
  const { post, rpc } = webhook([]);
  for (const headers of [{}, good, signed(TEXT, { secret: "x" })]) {
    expect(await post(TEXT, headers)).toMatchObject({
      status: 500,
      code: "webhook_secret_missing",
    });
  }
  expect(rpc).not.toHaveBeenCalled();
});

test("while a secret is rotated the old and the new one hold", async () => {
  const { post } = webhook(["ws_new", SECRET]);
  for (const secret of ["ws_new", SECRET]) {
    expect((await post(TEXT, signed(TEXT, { secret }))).status).toBe(200);
  }
  expect((await post(TEXT, signed(TEXT, { secret: "ws_third" }))).status).toBe(400);
});

test("a body of 2 MB is refused though it is signed", async () => {
  const { post, rpc } = webhook();
  const large = JSON.stringify({ ...EVENT, padding: "x".repeat(2 * 1024 * 1024) });
  expect(await post(large, signed(large))).toMatchObject({
    status: 413,
    code: "payload_too_large",
  });
  expect(rpc).not.toHaveBeenCalled();
});

test.each([
  ["not JSON", "{", "json_invalid"],
  ["null", "null", "event_invalid"],
  ["a list", "[]", "event_invalid"],
  ["without a type", JSON.stringify({ ...EVENT, type: undefined }), "event_invalid"],
  ["of a type that is no text", JSON.stringify({ ...EVENT, type: 7 }), "event_invalid"],
  ["without data", JSON.stringify({ ...EVENT, data: null }), "event_invalid"],
])("signed, but %s: 400, nothing stored", async (_, text, code) => {
  const { post, rpc } = webhook();
  expect(await post(text, signed(text))).toMatchObject({ status: 400, code });
  expect(rpc).not.toHaveBeenCalled();
});

test("an unknown type of event goes to the database like any other", async () => {
  const { post } = webhook([SECRET], { ...stored, data: { status: "ignored" } });
  const text = JSON.stringify({ ...EVENT, type: "unicorn.spotted" });
  expect((await post(text, signed(text))).body).toEqual({ received: true, status: "ignored" });
});

// Whop sends again after 5xx.
test.each([
  ["down", 0, "", "TypeError: fetch failed", 503],
  ["in a deadlock", 500, "40P01", "deadlock detected", 503],
  ["broken", 400, "22P02", "invalid input syntax", 500],
  ["refusing the event", 400, "PT400", "event_invalid", 500],
])("a database that is %s answers 5xx", async (_, status, code, message, expected) => {
  const { post } = webhook([SECRET], { data: null, error: { code, message }, status });
  expect((await post(TEXT, signed(TEXT))).status).toBe(expected);
});

test("only POST", async () => {
  const { handler } = webhook();
  const response = await handler(new Request("http://f/whop-webhook", { method: "GET" }));
  expect(response.status).toBe(405);
});
