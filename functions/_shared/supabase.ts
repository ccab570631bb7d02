import {
  createClient,
  type SupabaseClient,
  type SupabaseClientOptions,
} from "@supabase/supabase-js";
import type { SupabaseEnv } from "./env.ts";
import { fetchWithTimeout } from "./fetch_with_timeout.ts";

const TIMEOUT_MS = 10_000;

export type Client = SupabaseClient;

// Acts as service_role: past every policy. Only for calls that the caller does not steer.
export function createServiceClient(
  env: Pick<SupabaseEnv, "url" | "secretKey">,
  timeoutMs = TIMEOUT_MS,
): Client {
  return createClient(env.url, env.secretKey, options(timeoutMs));
}

// Acts as the caller: their own Authorization header goes to the database, which decides.
export function createCallerClient(
  env: Pick<SupabaseEnv, "url" | "publishableKey">,
  authorization: string,
  timeoutMs = TIMEOUT_MS,
): Client {
  return createClient(
    env.url,
    env.publishableKey,
    options(timeoutMs, { Authorization: authorization }),
  );
}

function options(
  timeoutMs: number,
  headers: Record<string, string> = {},
): SupabaseClientOptions<"public"> {
  return {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    global: { headers, fetch: fetchWithTimeout(timeoutMs) },
    realtime: { transport: NoRealtime as unknown as Transport },
  };
}

type Transport = NonNullable<NonNullable<SupabaseClientOptions<"public">["realtime"]>["transport"]>;

// Edge functions do not listen. Saying so lets the client be made where there is no WebSocket.
class NoRealtime {
  constructor() {
    throw new Error("Edge functions do not use realtime.");
  }
}
