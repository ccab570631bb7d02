import { z } from "zod";
import { trimmed, url } from "../../env_parts.ts";

export interface VectorizerConfig {
  apiId: string;
  apiSecret: string;
  baseUrl: string;
  // `test` costs nothing and leaves a watermark.
  mode: "production" | "preview" | "test";
  fetch?: typeof fetch | undefined;
}

// Undefined without both halves of the key: the provider is not there.
export const vectorizerEnv = z
  .object({
    VECTORIZER_API_ID: trimmed,
    VECTORIZER_API_SECRET: trimmed,
    VECTORIZER_BASE_URL: url.default("https://api.vectorizer.ai/api/v1"),
    VECTORIZER_MODE: z
      .enum(["production", "preview", "test"], {
        error: 'is neither "production" nor "preview" nor "test"',
      })
      .default("production"),
  })
  .transform((env): VectorizerConfig | undefined =>
    env.VECTORIZER_API_ID && env.VECTORIZER_API_SECRET
      ? {
          apiId: env.VECTORIZER_API_ID,
          apiSecret: env.VECTORIZER_API_SECRET,
          baseUrl: env.VECTORIZER_BASE_URL,
          mode: env.VECTORIZER_MODE,
        }
      : undefined,
  );
