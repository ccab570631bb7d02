import { readEnv, supabaseEnv } from "../_shared/env.ts";
import { isHostedSupabase } from "../_shared/providers/hosted.ts";
import { localCallbacks } from "../_shared/providers/local_callback.ts";
import { localProviderEnv } from "../_shared/providers/local_env.ts";
import { replicateCallbacks } from "../_shared/providers/replicate/callbacks.ts";
import { replicateEnv } from "../_shared/providers/replicate/env.ts";
import { createServiceClient } from "../_shared/supabase.ts";
import { providerWebhookHandler } from "./handler.ts";

const env = Deno.env.toObject();
const { webhookSecret } = readEnv(localProviderEnv, env);
const replicate = readEnv(replicateEnv, env);

Deno.serve(
  providerWebhookHandler({
    providers: [
      ...(isHostedSupabase(env) ? [] : [localCallbacks(webhookSecret)]),
      ...(replicate ? [replicateCallbacks(replicate.webhookSecret)] : []),
    ],
    database: createServiceClient(readEnv(supabaseEnv, env)),
  }),
);
