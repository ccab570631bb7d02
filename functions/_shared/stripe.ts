import Stripe from "stripe";
import type { StripeEnv } from "./env.ts";

const TIMEOUT_MS = 10_000;
const NETWORK_RETRIES = 2;

// The official client. STRIPE_API_BASE points it at the local emulator; the code is the same.
export function createStripe(
  secretKey: string,
  apiBase: StripeEnv["apiBase"],
  timeoutMs = TIMEOUT_MS,
): Stripe {
  return new Stripe(secretKey, {
    httpClient: Stripe.createFetchHttpClient(),
    timeout: timeoutMs,
    maxNetworkRetries: NETWORK_RETRIES,
    telemetry: false,
    ...(apiBase && addressOf(new URL(apiBase))),
  });
}

function addressOf(base: URL) {
  const protocol: "http" | "https" = base.protocol === "http:" ? "http" : "https";
  return { protocol, host: base.hostname, port: base.port || (protocol === "http" ? 80 : 443) };
}
