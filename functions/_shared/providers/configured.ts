import { readEnv } from "../env.ts";
import type { Files } from "../files.ts";
import { logLine } from "../log.ts";
import { LocalProviderHostedError } from "./errors.ts";
import { geminiEnv } from "./gemini/env.ts";
import { GeminiProvider } from "./gemini/provider.ts";
import type { ImageTools } from "./image_tools.ts";
import { LocalProvider } from "./local.ts";
import { callbackSender } from "./local_callback.ts";
import { localProviderEnv } from "./local_env.ts";
import { openAiEnv } from "./openai/env.ts";
import { OpenAiProvider } from "./openai/provider.ts";
import { ProviderRegistry } from "./registry.ts";
import { replicateEnv } from "./replicate/env.ts";
import { ReplicateProvider } from "./replicate/provider.ts";
import type { MediaProvider } from "./types.ts";
import { vectorizerEnv } from "./vectorizer/env.ts";
import { VectorizerProvider } from "./vectorizer/provider.ts";

interface Wiring {
  env: Record<string, string | undefined>;
  supabaseUrl: string;
  images: ImageTools;
  files: Files;
}

// The providers that this environment has the keys for. The local one does not start everywhere;
// that is said once, and the worker goes on with the rest.
export function configuredProviders(wiring: Wiring): ProviderRegistry {
  const providers: MediaProvider[] = [];
  try {
    providers.push(local(wiring));
  } catch (error) {
    if (!(error instanceof LocalProviderHostedError)) throw error;
    logLine("warn", "local_provider_refused", { message: error.message });
  }
  return new ProviderRegistry([...providers, ...vendors(wiring)]);
}

function vendors({ env, supabaseUrl }: Wiring): MediaProvider[] {
  const gemini = readEnv(geminiEnv, env);
  const replicate = readEnv(replicateEnv, env);
  const vectorizer = readEnv(vectorizerEnv, env);
  const openAi = readEnv(openAiEnv, env);
  // Without a secret nothing could check the callback, and a private address is not reached: then
  // the worker finds out by polling.
  const hears = replicate?.webhookSecret && supabaseUrl.startsWith("https://");
  const webhookUrl = hears ? `${supabaseUrl}/functions/v1/provider-webhook/replicate` : undefined;
  return [
    ...(gemini ? [new GeminiProvider(gemini)] : []),
    ...(replicate ? [new ReplicateProvider({ ...replicate, webhookUrl })] : []),
    ...(vectorizer ? [new VectorizerProvider(vectorizer)] : []),
    ...(openAi ? [new OpenAiProvider(openAi)] : []),
  ];
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
