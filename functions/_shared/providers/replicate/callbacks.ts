import { z } from "zod";
import { CallbackInvalidError, CallbackSecretMissingError } from "../errors.ts";
import type { Callback, CallbackParser } from "../types.ts";
import { verifyWebhook } from "../webhook_signature.ts";

// A prediction as Replicate sends it; what came of it is asked of the API, not taken from here.
const body = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,200}$/),
  status: z.string(),
});

const OUTCOMES: Record<string, Callback["outcome"]> = {
  succeeded: "succeeded",
  failed: "failed",
  canceled: "failed",
  aborted: "failed",
};

// All that provider-webhook needs of Replicate: its webhooks are signed as Standard Webhooks are.
export function replicateCallbacks(secret: string | undefined): CallbackParser {
  return {
    name: "replicate",
    async parseCallback({ headers, body: bytes }) {
      if (!secret) throw new CallbackSecretMissingError("REPLICATE_WEBHOOK_SECRET is missing.");
      const { id, status } = parse(verifyWebhook(secret, headers, bytes));
      return { externalId: id, outcome: OUTCOMES[status] ?? "pending", payload: { status } };
    },
  };
}

function parse(text: string): z.output<typeof body> {
  try {
    return body.parse(JSON.parse(text));
  } catch (cause) {
    throw new CallbackInvalidError("The body is no prediction.", { cause });
  }
}
