import { z } from "zod";
import { trimmed, url } from "../../env_parts.ts";

export interface OpenAiConfig {
  apiKey: string;
  baseUrl: string;
  fetch?: typeof fetch | undefined;
}

// Undefined without a key: the provider is not there. Any server that speaks OpenAI's API will do.
export const openAiEnv = z
  .object({
    OPENAI_API_KEY: trimmed,
    OPENAI_BASE_URL: url.default("https://api.openai.com/v1"),
  })
  .transform((env): OpenAiConfig | undefined =>
    env.OPENAI_API_KEY ? { apiKey: env.OPENAI_API_KEY, baseUrl: env.OPENAI_BASE_URL } : undefined,
  );
