import type { Keys } from "./keys.ts";
import { StackError } from "./stack_error.ts";

export interface FunctionEnvOptions {
  url: string;
  keys: Keys;
  stripeUrl: string | undefined;
  dotEnv: Record<string, string>;
}

// One of the two with the stand-in of the other would refuse every payment's webhook.
export function requireStripePair(dotEnv: Record<string, string>): void {
  const names = ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"];
  const missing = names.filter((name) => !dotEnv[name]);
  if (missing.length !== 1) return;
  throw new StackError(
    `${missing[0]} is missing from .env: ${names.join(" and ")} go together, so set both or neither.`,
  );
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
  return Object.keys(dotEnv).some((name) => /_(KEY|TOKEN|API_SECRET)$/.test(name));
}
