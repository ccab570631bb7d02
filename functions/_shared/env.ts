import { z } from "zod";
import { url } from "./env_parts.ts";

export class EnvError extends Error {
  override readonly name = "EnvError";
}

type Source = Record<string, string | undefined>;

// Reads what a function needs, and names everything that is missing or wrong in one sentence.
// A variable set to nothing counts as unset: that is what a line `NAME=` in a .env file means.
export function readEnv<T>(schema: z.ZodType<T>, source: Source): T {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    if (!name) return issue.message;
    return name in set ? `${name} ${issue.message}` : `${name} is missing`;
  });
  throw new EnvError(`Environment: ${[...new Set(problems)].join("; ")}.`);
}

// Supabase hands its keys over in three generations of names; the newest one wins.
function apiKey(env: Source, kind: "SECRET" | "PUBLISHABLE", legacy: string): string | undefined {
  const one = env[`SUPABASE_${kind}_KEY`];
  if (one) return one;
  const many = env[`SUPABASE_${kind}_KEYS`];
  if (many) return keysJson.parse(many).default;
  return env[legacy];
}

const keysJson = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue("is not JSON");
      return z.NEVER;
    }
  })
  .pipe(z.object({ default: z.string().min(1) }));

const optional = z.string().optional();

export const supabaseEnv = z
  .object({
    SUPABASE_URL: url,
    SUPABASE_SECRET_KEY: optional,
    SUPABASE_SECRET_KEYS: optional,
    SUPABASE_SERVICE_ROLE_KEY: optional,
    SUPABASE_PUBLISHABLE_KEY: optional,
    SUPABASE_PUBLISHABLE_KEYS: optional,
    SUPABASE_ANON_KEY: optional,
  })
  .transform((env, context) => {
    const key = (kind: "SECRET" | "PUBLISHABLE", legacy: string): string => {
      try {
        const found = apiKey(env, kind, legacy);
        if (found) return found;
        context.addIssue(`SUPABASE_${kind}_KEY is missing`);
      } catch {
        context.addIssue(`SUPABASE_${kind}_KEYS is not JSON with a "default" key`);
      }
      return z.NEVER;
    };
    return {
      url: env.SUPABASE_URL,
      secretKey: key("SECRET", "SUPABASE_SERVICE_ROLE_KEY"),
      publishableKey: key("PUBLISHABLE", "SUPABASE_ANON_KEY"),
    };
  });

export type SupabaseEnv = z.output<typeof supabaseEnv>;

// Every Stripe variable may be missing: a stack without payments still runs, and the functions
// that need one say so.
export const stripeEnv = z
  .object({
    STRIPE_SECRET_KEY: optional,
    STRIPE_WEBHOOK_SECRET: optional,
    STRIPE_API_BASE: url.optional(),
    STRIPE_PORTAL_CONFIGURATION: optional,
  })
  .transform((env) => ({
    secretKey: env.STRIPE_SECRET_KEY?.trim(),
    // More than one while a secret is being rotated.
    webhookSecrets: commaSeparated(env.STRIPE_WEBHOOK_SECRET),
    apiBase: env.STRIPE_API_BASE,
    // Of the billing portal, if not the account's default.
    portalConfiguration: env.STRIPE_PORTAL_CONFIGURATION?.trim(),
  }));

export type StripeEnv = z.output<typeof stripeEnv>;

export const whopEnv = z
  .object({ WHOP_WEBHOOK_SECRET: optional })
  .transform((env) => ({ webhookSecrets: commaSeparated(env.WHOP_WEBHOOK_SECRET) }));

export const checkoutEnv = z
  .object({
    RETURN_URL_ORIGINS: z
      .string()
      .optional()
      .refine((text) => commaSeparated(text).every(isOrigin), {
        error: "is not a comma-separated list of origins such as https://app.example.com",
      }),
  })
  .transform((env) => ({
    returnUrlOrigins: commaSeparated(env.RETURN_URL_ORIGINS).map((text) => new URL(text).origin),
  }));

function commaSeparated(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function isOrigin(text: string): boolean {
  // The URL parser takes "*" for a host; a wildcard would then match nothing, in silence.
  if (text.includes("*") || !URL.canParse(text)) return false;
  const { origin, protocol, href } = new URL(text);
  return (protocol === "https:" || protocol === "http:") && href === `${origin}/`;
}
