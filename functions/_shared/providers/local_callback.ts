import { z } from "zod";
import { logLine } from "../log.ts";
import { CallbackInvalidError, CallbackSecretMissingError } from "./errors.ts";
import type { Callback, CallbackParser } from "./types.ts";
import { signWebhook, verifyWebhook } from "./webhook_signature.ts";

const TIMEOUT_MS = 10_000;
const RETRY_AFTER_MS = [500, 2_000, 5_000];

// The wire format of the local provider's callback.
const callbackBody = z.object({
  external_id: z.string().min(1).max(200),
  status: z.enum(["succeeded", "failed"]),
  error: z.object({ message: z.string().max(500), retryable: z.boolean() }).optional(),
});

export type LocalCallback = z.output<typeof callbackBody>;

// All that provider-webhook needs of this provider.
export function localCallbacks(secret: string | undefined): CallbackParser {
  return {
    name: "local",
    async parseCallback({ headers, body }) {
      if (!secret) throw new CallbackSecretMissingError("PROVIDER_WEBHOOK_SECRET is missing.");
      return parseBody(verifyWebhook(secret, headers, body));
    },
  };
}

function parseBody(text: string): Callback {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CallbackInvalidError("The body is not JSON.", { cause });
  }
  const parsed = callbackBody.safeParse(value);
  if (!parsed.success) {
    throw new CallbackInvalidError(z.prettifyError(parsed.error), { cause: parsed.error });
  }
  const { external_id: externalId, status, error } = parsed.data;
  return { externalId, outcome: status, payload: { status, ...(error && { error }) } };
}

// What poll() finds in state.callback again.
export const storedCallback = callbackBody.omit({ external_id: true });

export type SendCallback = (callback: LocalCallback) => Promise<void>;

// Sends as a vendor would: signed, and a few times. A callback that never arrives loses nothing,
// since the worker also polls.
export function callbackSender(options: {
  url: string;
  secret: string;
  fetch?: typeof fetch;
  retryAfterMs?: readonly number[];
}): SendCallback {
  const send = options.fetch ?? fetch;
  const waits = options.retryAfterMs ?? RETRY_AFTER_MS;
  return async (callback) => {
    const body = JSON.stringify(callback);
    const id = `msg_${crypto.randomUUID()}`;
    for (let attempt = 0; ; attempt++) {
      const problem = await post(send, options.url, body, {
        "content-type": "application/json",
        ...signWebhook(options.secret, id, new Date(), body),
      });
      if (problem === undefined) return;
      const wait = waits[attempt];
      if (wait === undefined) {
        logLine("warn", "provider_callback_not_delivered", {
          external_id: callback.external_id,
          problem,
        });
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  };
}

async function post(
  send: typeof fetch,
  url: string,
  body: string,
  headers: Record<string, string>,
): Promise<string | undefined> {
  try {
    const response = await send(url, {
      method: "POST",
      body,
      headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    // A 4xx says that repeating the same words will not help.
    return response.status < 500 ? undefined : `HTTP ${response.status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
