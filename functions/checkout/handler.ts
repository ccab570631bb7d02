import type Stripe from "stripe";
import { z } from "zod";
import { bearer } from "../_shared/bearer.ts";
import { endpoint, type Handler, json, readJson } from "../_shared/http.ts";
import { requireStripe } from "../_shared/payments.ts";
import { checkReturnUrl } from "../_shared/return_url.ts";
import type { RpcClient } from "../_shared/rpc.ts";
import { buyPackage } from "./package.ts";
import { subscribe } from "./subscription.ts";

const MAX_BODY_BYTES = 16 * 1024;

export interface CheckoutDependencies {
  stripe: Stripe | undefined;
  returnUrlOrigins: readonly string[];
  asCaller: (authorization: string) => RpcClient;
  asService: RpcClient;
}

const page = {
  success_url: z.string().min(1).max(2048),
  cancel_url: z.string().min(1).max(2048),
  idempotency_key: z.string().min(1).max(200).optional(),
};

const bodySchema = z
  .object({ package_id: z.uuid().optional(), plan_id: z.uuid().optional(), ...page })
  .refine((body) => (body.package_id === undefined) !== (body.plan_id === undefined), {
    error: "name either a package_id or a plan_id",
  });

// Makes the page on which a package or a subscription is bought.
export function createCheckoutHandler(deps: CheckoutDependencies): Handler {
  return endpoint({ method: "POST", cors: true }, async (request) => {
    const authorization = bearer(request);
    const stripe = requireStripe(deps.stripe);
    const body = await readJson(request, bodySchema, MAX_BODY_BYTES);
    const purchase = {
      stripe,
      asCaller: deps.asCaller(authorization),
      asService: deps.asService,
      successUrl: checkReturnUrl(body.success_url, deps.returnUrlOrigins),
      cancelUrl: checkReturnUrl(body.cancel_url, deps.returnUrlOrigins),
      idempotencyKey: body.idempotency_key ?? crypto.randomUUID(),
    };
    return json(
      body.plan_id === undefined
        ? await buyPackage(purchase, body.package_id ?? "")
        : await subscribe(purchase, body.plan_id),
    );
  });
}
