import { serve } from "@hono/node-server";
import Stripe from "stripe";
import { expect, onTestFinished, test, vi } from "vitest";
import type { RpcClient } from "../../../functions/_shared/rpc.ts";
import { createStripeWebhookHandler } from "../../../functions/stripe-webhook/handler.ts";
import { emulator, PACK } from "../stripe_emulator/harness.ts";

type RpcAnswer = Awaited<ReturnType<RpcClient["rpc"]>>;

const SECRET = "whsec_one";
const EVENT = {
  id: "evt_1",
  object: "event",
  type: "checkout.session.completed",
  created: 1_800_000_000,
  data: { object: { id: "cs_1", object: "checkout.session" } },
  livemode: false,
};
const TEXT = JSON.stringify(EVENT);

const stored: RpcAnswer = { data: { id: "row", status: "applied" }, error: null, status: 200 };

function webhook(webhookSecrets = [SECRET], answer = stored) {
  const errors = vi.spyOn(console, "error").mockReturnValue();
  onTestFinished(() => errors.mockRestore());
  const rpc = vi.fn(async (_name: string, _args: Record<string, unknown>) => answer);
  const handler = createStripeWebhookHandler({ webhookSecrets, asService: { rpc } });
  const post = async (body: BodyInit, signature?: string, more: Record<string, string> = {}) => {
    const request = new Request("http://f/stripe-webhook", {
      method: "POST",
      headers: { ...more, ...(signature !== undefined && { "stripe-signature": signature }) },
      body,
      duplex: "half",
    } as RequestInit);
    const response = await handler(request);
    const json = await response.json();
    return { status: response.status, code: json.error?.code, body: json };
  };
  return { handler, post, rpc };
}

function sign(payload: string, secret = SECRET, secondsAgo = 0): string {
  const timestamp = Math.floor(Date.now() / 1000) - secondsAgo;
  return Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
}

function streamed(bytes: Uint8Array, pieces: number): { body: ReadableStream; sent: () => number } {
  let sent = 0;
  const size = Math.ceil(bytes.length / pieces);
  const body = new ReadableStream({
    pull(controller) {
      if (sent * size >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(sent * size, (sent + 1) * size));
      sent += 1;
    },
  });
  return { body, sent: () => sent };
}

test("a signed event is recorded once as it came", async () => {
  const { post, rpc } = webhook();
  expect(await post(TEXT, sign(TEXT))).toEqual({
    status: 200,
    code: undefined,
    body: { received: true, status: "applied" },
  });
  expect(rpc).toHaveBeenCalledOnce();
  expect(rpc).toHaveBeenCalledWith("record_webhook_event", { p_source: "stripe", p_event: EVENT });
});

const good = sign(TEXT);
const timestamp = /t=(\d+)/.exec(good)?.[1];
const hmac = /v1=(\w+)/.exec(good)?.[1];

// The header, and why it does not hold.
const SIGNATURES: [string, string | undefined][] = [
  ["missing", undefined],
  ["empty", ""],
  ["not a signature", "hello"],
  ["without a timestamp", `v1=${hmac}`],
  ["without a signature", `t=${timestamp}`],
  ["of another scheme", `t=${timestamp},v0=${hmac}`],
  ["with one digit changed", good.replace(/.$/, (last) => (last === "0" ? "1" : "0"))],
  ["cut short", good.slice(0, -2)],
  ["with another timestamp", `t=${Number(timestamp) + 1},v1=${hmac}`],
  ["by another secret", sign(TEXT, "whsec_other")],
  ["by an empty secret", `t=${timestamp},v1=${"0".repeat(64)}`],
  ["of another body", sign(`${TEXT} `)],
  ["301 seconds old", sign(TEXT, SECRET, 301)],
  ["a year old", sign(TEXT, SECRET, 31_536_000)],
];

test.each(SIGNATURES)("a signature that is %s: 400, nothing stored", async (_, signature) => {
  const { post, rpc } = webhook();
  expect(await post(TEXT, signature)).toMatchObject({ status: 400, code: "signature_invalid" });
  expect(rpc).not.toHaveBeenCalled();
});

test("a signature just inside of the tolerance holds", async () => {
  const { post } = webhook();
  expect((await post(TEXT, sign(TEXT, SECRET, 290))).status).toBe(200);
});

test("the raw bytes count: the same JSON written otherwise does not hold", async () => {
  const { post, rpc } = webhook();
  const pretty = JSON.stringify(EVENT, null, 2);
  expect((await post(pretty, sign(TEXT))).status).toBe(400);
  expect(rpc).not.toHaveBeenCalled();
  expect((await post(pretty, sign(pretty))).status).toBe(200);
});

test("without a secret everything is refused", async () => {
  const { post, rpc } = webhook([]);
  for (const signature of [undefined, good, sign(TEXT, "x")]) {
    expect(await post(TEXT, signature)).toMatchObject({
      status: 500,
      code: "webhook_secret_missing",
    });
  }
  expect(rpc).not.toHaveBeenCalled();
});

test("while a secret is rotated the old and the new one hold", async () => {
  const { post } = webhook(["whsec_new", SECRET]);
  for (const secret of ["whsec_new", SECRET]) {
    expect((await post(TEXT, sign(TEXT, secret))).status).toBe(200);
  }
  expect((await post(TEXT, sign(TEXT, "whsec_third"))).status).toBe(400);
});

const large = JSON.stringify({ ...EVENT, padding: "x".repeat(2 * 1024 * 1024) });

test("a body of 2 MB is refused though it is signed", async () => {
  const { post, rpc } = webhook();
  expect(await post(large, sign(large))).toMatchObject({ status: 413, code: "payload_too_large" });
  expect(rpc).not.toHaveBeenCalled();
});

test.each([
  ["no content-length", {}],
  ["a content-length that lies", { "content-length": "10" }],
])("a 2 MB stream with %s is cut off, not read to its end", async (_, headers) => {
  const { post, rpc } = webhook();
  const { body, sent } = streamed(new TextEncoder().encode(large), 32);
  expect(await post(body, sign(large), headers as Record<string, string>)).toMatchObject({
    status: 413,
    code: "payload_too_large",
  });
  expect(sent()).toBeLessThan(20);
  expect(rpc).not.toHaveBeenCalled();
});

test("a small body in many pieces, cut inside of a letter, is put together", async () => {
  const { post, rpc } = webhook();
  const text = JSON.stringify({ ...EVENT, data: { object: { name: "Zoë ✓ 🎨" } } });
  const { body } = streamed(new TextEncoder().encode(text), 50);
  expect((await post(body, sign(text))).status).toBe(200);
  expect(rpc.mock.calls[0]?.[1].p_event).toEqual(JSON.parse(text));
});

test.each([
  ["not JSON", "{", "json_invalid"],
  ["empty", "", "json_invalid"],
  ["null", "null", "event_invalid"],
  ["a text", '"evt_1"', "event_invalid"],
  ["a list", "[]", "event_invalid"],
  ["another object", JSON.stringify({ ...EVENT, object: "charge" }), "event_invalid"],
  ["without an id", JSON.stringify({ ...EVENT, id: undefined }), "event_invalid"],
  ["without data", JSON.stringify({ ...EVENT, data: undefined }), "event_invalid"],
  ["a thin event", JSON.stringify({ ...EVENT, object: "v2.core.event" }), "event_invalid"],
])("signed, but %s: 400, nothing stored", async (_, text, code) => {
  const { post, rpc } = webhook();
  expect(await post(text, sign(text))).toMatchObject({ status: 400, code });
  expect(rpc).not.toHaveBeenCalled();
});

test("an unknown type of event goes to the database like any other", async () => {
  const { post, rpc } = webhook([SECRET], { ...stored, data: { status: "ignored" } });
  const text = JSON.stringify({ ...EVENT, type: "unicorn.spotted" });
  expect(await post(text, sign(text))).toMatchObject({
    status: 200,
    body: { received: true, status: "ignored" },
  });
  expect(rpc.mock.calls[0]?.[1].p_event).toMatchObject({ type: "unicorn.spotted" });
});

test("the same event twice is left to the database, which stores it once", async () => {
  const { post, rpc } = webhook();
  const signature = sign(TEXT);
  const answers = [await post(TEXT, signature), await post(TEXT, signature)];
  expect(answers.map((each) => each.status)).toEqual([200, 200]);
  expect(rpc).toHaveBeenCalledTimes(2);
});

// Stripe sends again after 5xx.
test.each([
  ["down", 0, "", "TypeError: fetch failed", 503],
  ["without memory", 500, "53200", "out of memory", 503],
  ["in a deadlock", 500, "40P01", "deadlock detected", 503],
  ["broken", 400, "22P02", "invalid input syntax", 500],
  ["refusing the key", 401, "PGRST301", "JWT invalid", 500],
  ["in conflict", 409, "PT409", "retry_on_conflict", 503],
])("a database that is %s answers 5xx", async (_, status, code, message, expected) => {
  const answer = { data: null, error: { code, message }, status };
  const { post } = webhook([SECRET], answer);
  expect((await post(TEXT, sign(TEXT))).status).toBe(expected);
});

test("a row of another shape answers 500", async () => {
  const { post } = webhook([SECRET], { ...stored, data: null });
  expect((await post(TEXT, sign(TEXT))).status).toBe(500);
});

test("only POST", async () => {
  const { handler } = webhook();
  for (const method of ["GET", "OPTIONS", "PUT"]) {
    const response = await handler(new Request("http://f/stripe-webhook", { method }));
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
  }
});

test("what the emulator sends is taken", async () => {
  const { handler, rpc } = webhook();
  const url = await new Promise<string>((resolve) => {
    const server = serve(
      { fetch: handler, hostname: "127.0.0.1", port: 0, overrideGlobalObjects: false },
      ({ port }) => resolve(`http://127.0.0.1:${port}/`),
    );
    onTestFinished(() => void server.close());
  });
  const running = await emulator({ webhookUrl: url, webhookSecret: SECRET, retryDelaysMs: [] });
  const { id } = await running.stripe.checkout.sessions.create(PACK);
  await running.control(`sessions/${id}/pay`);
  await running.emulator.idle();
  const types = rpc.mock.calls.map(([, args]) => (args.p_event as Stripe.Event).type);
  expect(types.toSorted()).toEqual([
    "charge.succeeded",
    "checkout.session.completed",
    "payment_intent.created",
    "payment_intent.succeeded",
  ]);
  expect((await running.stripe.events.list({ delivery_success: false })).data).toEqual([]);
});
