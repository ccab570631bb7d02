import Stripe from "stripe";
import { z } from "zod";
import { ApiError, endpoint, type Handler, json, readBody } from "../_shared/http.ts";
import { type RpcClient, serviceRpc } from "../_shared/rpc.ts";

const MAX_BODY_BYTES = 1024 * 1024;
const TOLERANCE_SECONDS = 300;

export interface StripeWebhookDependencies {
  // More than one while a secret is being rotated; any of them may have signed.
  webhookSecrets: readonly string[];
  asService: RpcClient;
}

// Only what the inbox needs to file it. Every other field is passed on as it came.
const eventSchema = z.looseObject({
  id: z.string().min(1),
  object: z.literal("event"),
  type: z.string().min(1),
  created: z.int(),
  data: z.looseObject({ object: z.looseObject({}) }),
});

const inboxRowSchema = z.object({ status: z.string() });

const cryptoProvider = Stripe.createSubtleCryptoProvider();

export function createStripeWebhookHandler(deps: StripeWebhookDependencies): Handler {
  return endpoint({ method: "POST" }, async (request) => {
    if (deps.webhookSecrets.length === 0) {
      throw new ApiError(500, "webhook_secret_missing", "No webhook can be verified here.", {
        hint: "Set STRIPE_WEBHOOK_SECRET.",
      });
    }
    const signature = request.headers.get("stripe-signature");
    if (!signature) throw signatureInvalid("The Stripe-Signature header is missing.");

    const body = await readBody(request, MAX_BODY_BYTES);
    const event = eventOf(await verified(body, signature, deps.webhookSecrets));
    // Whatever keeps it from being stored answers 5xx, and Stripe sends it again.
    const args = { p_source: "stripe", p_event: event };
    const row = await serviceRpc(deps.asService, "record_webhook_event", args, inboxRowSchema);
    return json({ received: true, status: row.status });
  });
}

// The signature covers the bytes as they came; nothing is parsed before it holds.
async function verified(
  body: Uint8Array<ArrayBuffer>,
  signature: string,
  secrets: readonly string[],
): Promise<unknown> {
  let refused: unknown;
  for (const secret of secrets) {
    try {
      return await Stripe.webhooks.constructEventAsync(
        body,
        signature,
        secret,
        TOLERANCE_SECONDS,
        cryptoProvider,
      );
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) {
        throw error instanceof SyntaxError
          ? new ApiError(400, "json_invalid", "The body is not JSON.", { cause: error })
          : notAnEvent(error);
      }
      refused = error;
    }
  }
  throw signatureInvalid("The signature is wrong or too old.", refused);
}

function eventOf(value: unknown): z.output<typeof eventSchema> {
  const parsed = eventSchema.safeParse(value);
  if (!parsed.success) throw notAnEvent(parsed.error);
  return parsed.data;
}

function signatureInvalid(message: string, cause?: unknown): ApiError {
  return new ApiError(400, "signature_invalid", message, { cause });
}

function notAnEvent(cause: unknown): ApiError {
  return new ApiError(400, "event_invalid", "The body is not a Stripe event.", { cause });
}
