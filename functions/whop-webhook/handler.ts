import { z } from "zod";
import { ApiError, endpoint, type Handler, json, readBody } from "../_shared/http.ts";
import { SignatureInvalidError } from "../_shared/providers/errors.ts";
import { verifyWebhook } from "../_shared/providers/webhook_signature.ts";
import { type RpcClient, serviceRpc } from "../_shared/rpc.ts";

const MAX_BODY_BYTES = 1024 * 1024;

export interface WhopWebhookDependencies {
  // More than one while a secret is being rotated; any of them may have signed.
  webhookSecrets: readonly string[];
  asService: RpcClient;
}

// Only what the inbox needs to file it. Every other field is passed on as it came. Webhooks of
// Whop's first API versions say `action` where later ones say `type`.
const eventSchema = z
  .looseObject({
    type: z.string().min(1).max(255).optional(),
    action: z.string().min(1).max(255).optional(),
    timestamp: z.unknown().optional(),
    data: z.looseObject({}),
  })
  .transform((event, context) => {
    const type = event.type ?? event.action;
    if (type !== undefined) return { ...event, type };
    context.addIssue("has no type");
    return z.NEVER;
  });

const inboxRowSchema = z.object({ status: z.string() });

export function createWhopWebhookHandler(deps: WhopWebhookDependencies): Handler {
  return endpoint({ method: "POST" }, async (request) => {
    if (deps.webhookSecrets.length === 0) {
      throw new ApiError(500, "webhook_secret_missing", "No webhook can be verified here.", {
        hint: "Set WHOP_WEBHOOK_SECRET.",
      });
    }
    const id = request.headers.get("webhook-id") ?? "";
    const seconds = request.headers.get("webhook-timestamp") ?? "";
    if (
      !request.headers.has("webhook-signature") ||
      !/^.{1,255}$/.test(id) ||
      !/^\d{1,12}$/.test(seconds)
    ) {
      throw signatureInvalid();
    }
    const body = await readBody(request, MAX_BODY_BYTES);
    const event = eventOf(verified(body, request.headers, deps.webhookSecrets));
    // The id that is signed with the body is the same for every delivery of one event.
    const timestamp = event.timestamp ?? new Date(Number(seconds) * 1000).toISOString();
    const args = { p_source: "whop", p_event: { ...event, id, timestamp } };
    // Whatever keeps it from being stored answers 5xx, and Whop sends it again.
    const row = await serviceRpc(deps.asService, "record_webhook_event", args, inboxRowSchema);
    return json({ received: true, status: row.status });
  });
}

// The signature covers the id, the time and the bytes as they came; nothing is parsed before it
// holds.
function verified(body: Uint8Array, headers: Headers, secrets: readonly string[]): string {
  let refused: unknown;
  for (const secret of secrets) {
    try {
      return verifyWebhook(secret, headers, body);
    } catch (error) {
      if (!(error instanceof SignatureInvalidError)) throw error;
      refused = error;
    }
  }
  throw signatureInvalid(refused);
}

function signatureInvalid(cause?: unknown): ApiError {
  return new ApiError(400, "signature_invalid", "The signature is missing, wrong or too old.", {
    cause,
  });
}

function eventOf(text: string): z.output<typeof eventSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ApiError(400, "json_invalid", "The body is not JSON.", { cause });
  }
  const parsed = eventSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ApiError(400, "event_invalid", "The body is not a Whop event.", {
    cause: parsed.error,
  });
}
