import { checkoutEnv, readEnv, stripeEnv, supabaseEnv } from "../_shared/env.ts";
import { createStripe } from "../_shared/stripe.ts";
import { createCallerClient, createServiceClient } from "../_shared/supabase.ts";
import { createCheckoutHandler } from "./handler.ts";

const source = Deno.env.toObject();
const supabase = readEnv(supabaseEnv, source);
const stripe = readEnv(stripeEnv, source);
const { returnUrlOrigins } = readEnv(checkoutEnv, source);

Deno.serve(
  createCheckoutHandler({
    stripe: stripe.secretKey ? createStripe(stripe.secretKey, stripe.apiBase) : undefined,
    returnUrlOrigins,
    asCaller: (authorization) => createCallerClient(supabase, authorization),
    asService: createServiceClient(supabase),
  }),
);
