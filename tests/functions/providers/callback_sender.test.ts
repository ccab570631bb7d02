import { afterEach, expect, test, vi } from "vitest";
import {
  callbackSender,
  localCallbacks,
} from "../../../functions/_shared/providers/local_callback.ts";

afterEach(() => vi.restoreAllMocks());

const URL = "http://gateway.test/functions/v1/provider-webhook/local";
const CALLBACK = { external_id: "order-1", status: "succeeded" as const };

test("a callback is signed so that its receiver believes it", async () => {
  const sent: RequestInit[] = [];
  const send = callbackSender({
    url: URL,
    secret: "secret",
    fetch: async (_input, init) => {
      sent.push(init ?? {});
      return new Response(null, { status: 200 });
    },
  });
  await send(CALLBACK);
  const headers = new Headers(sent[0]?.headers);
  const body = new TextEncoder().encode(String(sent[0]?.body));
  expect(await localCallbacks("secret").parseCallback({ headers, body })).toEqual({
    externalId: "order-1",
    outcome: "succeeded",
    payload: { status: "succeeded" },
  });
});

test("a receiver that is away is asked again with the same id, and given up in the end", async () => {
  const log = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const ids: (string | null)[] = [];
  const send = callbackSender({
    url: URL,
    secret: "secret",
    retryAfterMs: [1, 1],
    fetch: async (_input, init) => {
      ids.push(new Headers(init?.headers).get("webhook-id"));
      return new Response(null, { status: 503 });
    },
  });
  await send(CALLBACK);
  expect(ids).toHaveLength(3);
  expect(new Set(ids).size).toBe(1);
  expect(log).toHaveBeenCalledTimes(1);
});

test("a refusal is not repeated", async () => {
  const fetch = vi.fn(async () => new Response(null, { status: 401 }));
  await callbackSender({ url: URL, secret: "secret", fetch, retryAfterMs: [1] })(CALLBACK);
  expect(fetch).toHaveBeenCalledTimes(1);
});
