import { z } from "zod";
import { trimmed, url } from "../../env_parts.ts";

export interface GeminiConfig {
  apiKey: string;
  baseUrl: string;
  fetch?: typeof fetch | undefined;
}

// Undefined without a key: the provider is not there.
export const geminiEnv = z
  .object({
    GEMINI_API_KEY: trimmed,
    GEMINI_BASE_URL: url.default("https://generativelanguage.googleapis.com"),
  })
  .transform((env): GeminiConfig | undefined =>
    env.GEMINI_API_KEY ? { apiKey: env.GEMINI_API_KEY, baseUrl: env.GEMINI_BASE_URL } : undefined,
  );
