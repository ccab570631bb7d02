import { readEnv, supabaseEnv, whopEnv } from "../_shared/env.ts";
import { createServiceClient } from "../_shared/supabase.ts";
import { createWhopWebhookHandler } from "./handler.ts";

const source = Deno.env.toObject();
const { webhookSecrets } = readEnv(whopEnv, source);

Deno.serve(
  createWhopWebhookHandler({
    webhookSecrets,
    asService: createServiceClient(readEnv(supabaseEnv, source)),
  }),
);
