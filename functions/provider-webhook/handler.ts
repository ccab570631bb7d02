import { z } from "zod";
import { ApiError, endpoint, type Handler, json, readBody } from "../_shared/http.ts";
import { logLine } from "../_shared/log.ts";
import {
  CallbackInvalidError,
  CallbackSecretMissingError,
  SignatureInvalidError,
} from "../_shared/providers/errors.ts";
import type { Callback, CallbackParser } from "../_shared/providers/types.ts";
import { type RpcClient, rpc } from "../_shared/rpc.ts";

const MAX_BODY_BYTES = 1024 * 1024;

export interface ProviderWebhookDependencies {
  providers: CallbackParser[];
  database: RpcClient;
}

const recorded = z.object({
  outcome: z.enum(["woken", "already_ended", "unknown"]),
  job_id: z.guid().nullish(),
});

// A provider's callback: checked, then handed to the database, which wakes the job. What cannot
// change anything any more is answered with 200, so that the provider stops sending it.
export function providerWebhookHandler(dependencies: ProviderWebhookDependencies): Handler {
  const providers = new Map(dependencies.providers.map((provider) => [provider.name, provider]));
  return endpoint({ method: "POST" }, async (request) => {
    const provider = providers.get(providerName(request.url) ?? "");
    if (!provider) throw new ApiError(404, "provider_unknown", "There is no such provider here.");

    const body = await readBody(request, MAX_BODY_BYTES);
    const callback = await provider.parseCallback({ headers: request.headers, body }).catch(refuse);
    if (callback.outcome === "pending") return json({ outcome: "noted" });

    const { outcome, job_id } = await record(dependencies.database, provider.name, callback);
    if (outcome !== "woken") {
      logLine("info", "provider_callback_without_effect", {
        provider: provider.name,
        external_id: callback.externalId,
        outcome,
        job_id,
      });
    }
    return json({ outcome });
  });
}

// Anything but a stored callback must be sent again: 5xx, whatever the database said.
async function record(database: RpcClient, provider: string, callback: Callback) {
  const args = {
    p_provider: provider,
    p_external_id: callback.externalId,
    p_payload: { ...callback.payload, outcome: callback.outcome },
  };
  try {
    return await rpc(database, "record_provider_callback", args, recorded);
  } catch (cause) {
    throw new ApiError(503, "callback_not_stored", "The callback could not be stored.", {
      hint: "Send it again.",
      cause,
    });
  }
}

function refuse(error: unknown): never {
  if (error instanceof SignatureInvalidError) {
    throw new ApiError(401, "signature_invalid", "The signature is missing, wrong or too old.");
  }
  if (error instanceof CallbackInvalidError) {
    throw new ApiError(400, "callback_invalid", "The callback has an unknown shape.");
  }
  if (error instanceof CallbackSecretMissingError) {
    throw new ApiError(500, "provider_webhook_secret_missing", error.message);
  }
  throw error;
}

// …/provider-webhook/<provider>, with or without /functions/v1 in front.
function providerName(url: string): string | undefined {
  return /\/provider-webhook\/([a-z0-9_-]+)\/?$/.exec(new URL(url).pathname)?.[1];
}
