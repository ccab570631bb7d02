import { readEnv } from "../env.ts";
import type { Files } from "../files.ts";
import { logLine } from "../log.ts";
import { LocalProviderHostedError } from "./errors.ts";
import type { ImageTools } from "./image_tools.ts";
import { LocalProvider } from "./local.ts";
import { callbackSender } from "./local_callback.ts";
import { localProviderEnv } from "./local_env.ts";
import { ProviderRegistry } from "./registry.ts";
import type { MediaProvider } from "./types.ts";

interface Wiring {
  env: Record<string, string | undefined>;
  supabaseUrl: string;
  images: ImageTools;
  files: Files;
}

// The providers that this environment has the keys for. One that cannot start is said so once,
// and its jobs stay in the queue; the worker goes on with the rest.
export function configuredProviders(wiring: Wiring): ProviderRegistry {
  const providers: MediaProvider[] = [];
  try {
    providers.push(local(wiring));
  } catch (error) {
    if (!(error instanceof LocalProviderHostedError)) throw error;
    logLine("warn", "local_provider_refused", { message: error.message });
  }
  return new ProviderRegistry(providers);
}

function local({ env, supabaseUrl, images, files }: Wiring): LocalProvider {
  const { mode, webhookSecret } = readEnv(localProviderEnv, env);
  return new LocalProvider({
    env,
    images,
    files,
    mode,
    webhookSecret,
    // Without a secret nothing could check the callback: then the worker finds out by polling.
    sendCallback: webhookSecret
      ? callbackSender({
          url: `${supabaseUrl}/functions/v1/provider-webhook/local`,
          secret: webhookSecret,
        })
      : () => Promise.resolve(),
  });
}
