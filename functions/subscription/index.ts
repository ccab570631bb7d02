import { readEnv, stripeEnv, supabaseEnv } from "../_shared/env.ts";
import { createStripe } from "../_shared/stripe.ts";
import { createCallerClient, createServiceClient } from "../_shared/supabase.ts";
import { createSubscriptionHandler } from "./handler.ts";

const source = Deno.env.toObject();
const supabase = readEnv(supabaseEnv, source);
const stripe = readEnv(stripeEnv, source);

Deno.serve(
  createSubscriptionHandler({
    stripe: stripe.secretKey ? createStripe(stripe.secretKey, stripe.apiBase) : undefined,
    asCaller: (authorization) => createCallerClient(supabase, authorization),
    asService: createServiceClient(supabase),
  }),
);
