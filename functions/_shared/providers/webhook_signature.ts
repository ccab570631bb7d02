import { Webhook } from "standardwebhooks";
import { SignatureInvalidError } from "./errors.ts";

// Signed as https://www.standardwebhooks.com describes: HMAC-SHA256 over id, time and body. The
// library refuses times more than 300 seconds away.

export function signWebhook(
  secret: string,
  id: string,
  sentAt: Date,
  body: string,
): Record<string, string> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1000)),
    "webhook-signature": webhook(secret).sign(id, sentAt, body),
  };
}

// The body as text, once the signature over its bytes is right.
export function verifyWebhook(secret: string, headers: Headers, body: Uint8Array): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    webhook(secret).verify(text, Object.fromEntries(headers), { jsonParse: false });
    return text;
  } catch (cause) {
    throw new SignatureInvalidError("The signature does not fit.", { cause });
  }
}

// "whsec_…" is base64 by convention; any other secret is taken as its bytes.
function webhook(secret: string): Webhook {
  if (secret.startsWith("whsec_")) return new Webhook(secret);
  return new Webhook(new TextEncoder().encode(secret), { format: "raw" });
}
