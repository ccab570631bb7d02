import type { Keys } from "./keys.ts";

export interface FunctionEnvOptions {
  url: string;
  keys: Keys;
  stripeUrl: string | undefined;
  dotEnv: Record<string, string>;
}

// What the functions read on Supabase from the project's secrets. The user's .env comes last: real
// keys replace the stand-ins.
export function functionEnv(options: FunctionEnvOptions): Record<string, string> {
  const { url, keys, stripeUrl, dotEnv } = options;
  return {
    SUPABASE_URL: url,
    SUPABASE_SECRET_KEY: keys.secret,
    SUPABASE_PUBLISHABLE_KEY: keys.publishable,
    WORKER_SECRET: keys.workerSecret,
    PROVIDER_WEBHOOK_SECRET: keys.providerWebhookSecret,
    RETURN_URL_ORIGINS: `http://localhost:3000,http://127.0.0.1:3000,${url}`,
    IMAGE_PROVIDER: "local",
    LOCAL_PROVIDER_MODE: "sync",
    ...(stripeUrl && {
      STRIPE_SECRET_KEY: keys.stripeSecretKey,
      STRIPE_WEBHOOK_SECRET: keys.stripeWebhookSecret,
      STRIPE_API_BASE: stripeUrl,
    }),
    ...dotEnv,
  };
}

// Functions reach this machine only, until the user gives a key of someone elsewhere.
export function needsNetwork(dotEnv: Record<string, string>): boolean {
  return Object.entries(dotEnv).some(
    ([name, value]) =>
      /_(KEY|TOKEN)$/.test(name) || (name === "IMAGE_PROVIDER" && value !== "local"),
  );
}
