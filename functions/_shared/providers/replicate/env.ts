import { z } from "zod";
import { trimmed, url } from "../../env_parts.ts";

export interface ReplicateConfig {
  apiToken: string;
  baseUrl: string;
  webhookSecret: string | undefined;
  // Where Replicate reaches us; it only calls https.
  webhookUrl?: string | undefined;
  fetch?: typeof fetch | undefined;
}

// Undefined without a token: the provider is not there.
export const replicateEnv = z
  .object({
    REPLICATE_API_TOKEN: trimmed,
    REPLICATE_BASE_URL: url.default("https://api.replicate.com/v1"),
    REPLICATE_WEBHOOK_SECRET: trimmed,
  })
  .transform((env): ReplicateConfig | undefined =>
    env.REPLICATE_API_TOKEN
      ? {
          apiToken: env.REPLICATE_API_TOKEN,
          baseUrl: env.REPLICATE_BASE_URL,
          webhookSecret: env.REPLICATE_WEBHOOK_SECRET,
        }
      : undefined,
  );
