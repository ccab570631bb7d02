import { expect, test } from "vitest";
import {
  checkoutEnv,
  EnvError,
  readEnv,
  stripeEnv,
  supabaseEnv,
} from "../../../functions/_shared/env.ts";

const URL_ONLY = { SUPABASE_URL: "http://127.0.0.1:54321/" };
const read = { url: "http://127.0.0.1:54321", secretKey: "s", publishableKey: "p" };

test.each([
  [
    "one key each",
    {
      SUPABASE_SECRET_KEY: "s",
      SUPABASE_PUBLISHABLE_KEY: "p",
      SUPABASE_SECRET_KEYS: "{",
      SUPABASE_ANON_KEY: "old",
    },
  ],
  [
    "keys as JSON",
    {
      SUPABASE_SECRET_KEYS: '{"default":"s"}',
      SUPABASE_PUBLISHABLE_KEYS: '{"default":"p","web":"x"}',
      SUPABASE_SERVICE_ROLE_KEY: "old",
    },
  ],
  [
    "the old names, the new ones set to nothing",
    {
      SUPABASE_SECRET_KEY: "",
      SUPABASE_PUBLISHABLE_KEY: " ",
      SUPABASE_SERVICE_ROLE_KEY: "s",
      SUPABASE_ANON_KEY: "p",
    },
  ],
])("Supabase: %s", (_, keys) => {
  expect(readEnv(supabaseEnv, { ...URL_ONLY, ...keys })).toEqual(read);
});

test.each([
  [{}, /SUPABASE_URL is missing/],
  [{ SUPABASE_URL: "127.0.0.1" }, /SUPABASE_URL is not an http\(s\) URL/],
  [URL_ONLY, /SUPABASE_SECRET_KEY is missing; SUPABASE_PUBLISHABLE_KEY is missing/],
  [{ ...URL_ONLY, SUPABASE_SECRET_KEYS: "{" }, /SUPABASE_SECRET_KEYS is not JSON/],
  [{ ...URL_ONLY, SUPABASE_SECRET_KEYS: '{"web":"x"}' }, /SUPABASE_SECRET_KEYS is not JSON/],
])("Supabase: %j names what is wrong", (source, message) => {
  const run = () => readEnv(supabaseEnv, source);
  expect(run).toThrow(EnvError);
  expect(run).toThrow(message);
});

test("Stripe: everything may be missing, and secrets are a list", () => {
  expect(readEnv(stripeEnv, {})).toEqual({ webhookSecrets: [] });
  expect(
    readEnv(stripeEnv, {
      STRIPE_SECRET_KEY: "sk_test_1 ",
      STRIPE_WEBHOOK_SECRET: "whsec_1, whsec_2,",
      STRIPE_API_BASE: "http://127.0.0.1:54330/",
    }),
  ).toEqual({
    secretKey: "sk_test_1",
    webhookSecrets: ["whsec_1", "whsec_2"],
    apiBase: "http://127.0.0.1:54330",
  });
  expect(readEnv(stripeEnv, { STRIPE_WEBHOOK_SECRET: " , " }).webhookSecrets).toEqual([]);
});

test("checkout: origins only, never a path or a wildcard", () => {
  expect(readEnv(checkoutEnv, { RETURN_URL_ORIGINS: "https://a.example/, http://b:3000" })).toEqual(
    {
      returnUrlOrigins: ["https://a.example", "http://b:3000"],
    },
  );
  expect(readEnv(checkoutEnv, {})).toEqual({ returnUrlOrigins: [] });
  for (const text of ["*", "https://*.a.example", "https://a.example/x", "a.example"]) {
    expect(() => readEnv(checkoutEnv, { RETURN_URL_ORIGINS: text })).toThrow(/RETURN_URL_ORIGINS/);
  }
});
