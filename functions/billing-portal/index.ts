import { checkoutEnv, readEnv, stripeEnv, supabaseEnv } from "../_shared/env.ts";
import { createStripe } from "../_shared/stripe.ts";
import { createCallerClient, createServiceClient } from "../_shared/supabase.ts";
import { createBillingPortalHandler } from "./handler.ts";

const source = Deno.env.toObject();
const supabase = readEnv(supabaseEnv, source);
const stripe = readEnv(stripeEnv, source);
const { returnUrlOrigins } = readEnv(checkoutEnv, source);

Deno.serve(
  createBillingPortalHandler({
    stripe: stripe.secretKey ? createStripe(stripe.secretKey, stripe.apiBase) : undefined,
    configuration: stripe.portalConfiguration,
    returnUrlOrigins,
    asCaller: (authorization) => createCallerClient(supabase, authorization),
    asService: createServiceClient(supabase),
  }),
);
