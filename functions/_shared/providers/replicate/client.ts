import type Replicate from "replicate";
import { VendorCall, type VendorCallOptions } from "../vendor/call.ts";
import type { ReplicateConfig } from "./env.ts";

// One request to Replicate through its SDK, which is only loaded where there is a token.
export async function askReplicate<T>(
  config: ReplicateConfig,
  options: Pick<VendorCallOptions, "timeoutMs" | "signal">,
  ask: (client: Replicate) => Promise<T>,
): Promise<T> {
  const { default: Sdk } = await import("replicate");
  const call = new VendorCall({ ...options, fetch: config.fetch });
  const client = new Sdk({
    auth: config.apiToken,
    baseUrl: config.baseUrl,
    fetch: call.fetch,
    useFileOutput: false,
  });
  return await call.run(() => ask(client));
}
