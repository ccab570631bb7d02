import { readEnv, stripeEnv, supabaseEnv } from "../_shared/env.ts";
import { createServiceClient } from "../_shared/supabase.ts";
import { createStripeWebhookHandler } from "./handler.ts";

const source = Deno.env.toObject();
const { webhookSecrets } = readEnv(stripeEnv, source);

Deno.serve(
  createStripeWebhookHandler({
    webhookSecrets,
    asService: createServiceClient(readEnv(supabaseEnv, source)),
  }),
);
