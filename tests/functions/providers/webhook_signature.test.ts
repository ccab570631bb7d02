import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { SignatureInvalidError } from "../../../functions/_shared/providers/errors.ts";
import {
  signWebhook,
  verifyWebhook,
} from "../../../functions/_shared/providers/webhook_signature.ts";

const BODY = '{"external_id":"ä"}';
const bytes = (text: string) => new TextEncoder().encode(text);
const signed = (secret = "secret", sentAt = new Date()) =>
  new Headers(signWebhook(secret, "msg_1", sentAt, BODY));
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

test("the signature is HMAC-SHA256 over id, time and body", () => {
  const sentAt = new Date();
  const seconds = Math.floor(sentAt.getTime() / 1000);
  const expected = createHmac("sha256", "sécret").update(`msg_1.${seconds}.${BODY}`);
  const headers = signed("sécret", sentAt);
  expect(headers.get("webhook-signature")).toBe(`v1,${expected.digest("base64")}`);
});

describe("a signature is believed", () => {
  test.each(["secret", `whsec_${btoa("another secret")}`])("with the secret %s", (secret) => {
    expect(verifyWebhook(secret, signed(secret), bytes(BODY))).toBe(BODY);
  });

  test("beside another one, while a secret is rotated", () => {
    const headers = signed();
    headers.set("webhook-signature", `v1,AAAA ${headers.get("webhook-signature")}`);
    expect(verifyWebhook("secret", headers, bytes(BODY))).toBe(BODY);
  });

  test("up to 300 seconds away", () => {
    expect(verifyWebhook("secret", signed("secret", ago(290)), bytes(BODY))).toBe(BODY);
    expect(verifyWebhook("secret", signed("secret", ago(-290)), bytes(BODY))).toBe(BODY);
  });
});

describe("a signature is refused", () => {
  const without = (name: string) => {
    const headers = signed();
    headers.delete(name);
    return headers;
  };
  const replaced = (name: string, value: string) => {
    const headers = signed();
    headers.set(name, value);
    return headers;
  };
  test.each([
    ["with another secret", signed("other"), BODY],
    ["over another body", signed(), `${BODY} `],
    ["over another id", replaced("webhook-id", "msg_2"), BODY],
    ["over another time", replaced("webhook-timestamp", String(Date.now() / 1000 - 9)), BODY],
    ["that is too old", signed("secret", ago(310)), BODY],
    ["from the future", signed("secret", ago(-310)), BODY],
    ["without an id", without("webhook-id"), BODY],
    ["without a time", without("webhook-timestamp"), BODY],
    ["without a signature", without("webhook-signature"), BODY],
    ["that is empty", replaced("webhook-signature", "v1,"), BODY],
    ["that is only a version", replaced("webhook-signature", "v1"), BODY],
    ["of another scheme", replaced("webhook-signature", "v1a,AAAA"), BODY],
  ])("%s", (_name, headers, body) => {
    expect(() => verifyWebhook("secret", headers, bytes(body))).toThrow(SignatureInvalidError);
  });

  test("over bytes that are not text", () => {
    const broken = new Uint8Array([0x7b, 0xff, 0x7d]);
    expect(() => verifyWebhook("secret", signed(), broken)).toThrow(SignatureInvalidError);
  });

  test("with an empty secret", () => {
    expect(() => verifyWebhook("", signed(), bytes(BODY))).toThrow(SignatureInvalidError);
  });
});
