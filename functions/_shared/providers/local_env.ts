import { z } from "zod";

const optional = z.string().optional();

export const localProviderEnv = z
  .object({
    LOCAL_PROVIDER_MODE: z
      .enum(["sync", "async"], { error: 'is neither "sync" nor "async"' })
      .default("sync"),
    PROVIDER_WEBHOOK_SECRET: optional,
  })
  .transform((env) => ({
    mode: env.LOCAL_PROVIDER_MODE,
    webhookSecret: env.PROVIDER_WEBHOOK_SECRET?.trim(),
  }));
