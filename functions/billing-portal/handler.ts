import type Stripe from "stripe";
import { z } from "zod";
import { bearer } from "../_shared/bearer.ts";
import { endpoint, type Handler, json, readJson } from "../_shared/http.ts";
import { requireStripe } from "../_shared/payments.ts";
import { checkReturnUrl } from "../_shared/return_url.ts";
import { type RpcClient, rpc } from "../_shared/rpc.ts";
import { ensureCustomer } from "../_shared/stripe_customer.ts";
import { atStripe } from "../_shared/stripe_error.ts";

const MAX_BODY_BYTES = 4 * 1024;

export interface BillingPortalDependencies {
  stripe: Stripe | undefined;
  // Stripe's default one if undefined.
  configuration: string | undefined;
  returnUrlOrigins: readonly string[];
  asCaller: (authorization: string) => RpcClient;
  asService: RpcClient;
}

const bodySchema = z.object({ return_url: z.string().min(1).max(2048) });

const userSchema = z.object({
  user_id: z.uuid(),
  email: z.string().nullable(),
  stripe_customer_id: z.string().nullable(),
});

// Makes the page on which the caller sees their cards, invoices and subscriptions.
export function createBillingPortalHandler(deps: BillingPortalDependencies): Handler {
  return endpoint({ method: "POST", cors: true }, async (request) => {
    const authorization = bearer(request);
    const stripe = requireStripe(deps.stripe);
    const body = await readJson(request, bodySchema, MAX_BODY_BYTES);
    const returnUrl = checkReturnUrl(body.return_url, deps.returnUrlOrigins);
    const user = await rpc(deps.asCaller(authorization), "billing_customer", {}, userSchema);
    const customer = await ensureCustomer(stripe, deps.asService, user);
    const { configuration } = deps;
    const session = await atStripe(() =>
      stripe.billingPortal.sessions.create(
        { customer, return_url: returnUrl, ...(configuration && { configuration }) },
        { idempotencyKey: crypto.randomUUID() },
      ),
    );
    return json({ url: session.url });
  });
}
