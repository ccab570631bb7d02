import type Stripe from "stripe";
import { z } from "zod";
import { ApiError, endpoint, type Handler, json, readJson } from "../_shared/http.ts";
import { checkReturnUrl } from "../_shared/return_url.ts";
import { type RpcClient, rpc, serviceRpc } from "../_shared/rpc.ts";
import { stripeError } from "../_shared/stripe_error.ts";

const MAX_BODY_BYTES = 16 * 1024;

export interface CheckoutDependencies {
  stripe: Stripe | undefined;
  returnUrlOrigins: readonly string[];
  asCaller: (authorization: string) => RpcClient;
  asService: RpcClient;
}

const bodySchema = z.object({
  package_id: z.uuid(),
  success_url: z.string().min(1).max(2048),
  cancel_url: z.string().min(1).max(2048),
  idempotency_key: z.string().min(1).max(200).optional(),
});

const checkoutSchema = z.object({
  checkout_id: z.uuid(),
  user_id: z.uuid(),
  email: z.string().nullable(),
  package: z.object({
    id: z.uuid(),
    name: z.string(),
    description: z.string().nullish(),
    unit_amount: z.int().nonnegative(),
    currency: z.string(),
    stripe_price_id: z.string().nullish(),
  }),
  stripe_customer_id: z.string().nullish(),
});

type Checkout = z.output<typeof checkoutSchema>;

export function createCheckoutHandler(deps: CheckoutDependencies): Handler {
  return endpoint({ method: "POST", cors: true }, async (request) => {
    const authorization = bearer(request);
    const { stripe } = deps;
    if (!stripe) {
      throw new ApiError(503, "payments_not_configured", "Payments are not set up here.", {
        hint: "Set STRIPE_SECRET_KEY.",
      });
    }
    const body = await readJson(request, bodySchema, MAX_BODY_BYTES);
    const successUrl = checkReturnUrl(body.success_url, deps.returnUrlOrigins);
    const cancelUrl = checkReturnUrl(body.cancel_url, deps.returnUrlOrigins);

    // The database knows who is calling, and what a package costs.
    const checkout = await rpc(
      deps.asCaller(authorization),
      "create_checkout",
      {
        p_package_id: body.package_id,
        p_idempotency_key: body.idempotency_key ?? crypto.randomUUID(),
      },
      checkoutSchema,
    );

    const session = await createSession(stripe, checkout, successUrl, cancelUrl);
    await serviceRpc(
      deps.asService,
      "attach_checkout",
      {
        p_checkout_id: checkout.checkout_id,
        p_external_id: session.id,
        p_url: session.url,
        p_stripe_customer_id: idOf(session.customer) ?? checkout.stripe_customer_id ?? null,
      },
      z.unknown(),
    );
    return json({ checkout_id: checkout.checkout_id, session_id: session.id, url: session.url });
  });
}

function bearer(request: Request): string {
  const header = request.headers.get("authorization") ?? "";
  if (/^bearer \S+$/i.test(header)) return header;
  throw new ApiError(401, "not_signed_in", "Sign in first.", {
    hint: "Send the user's access token as Authorization: Bearer <token>.",
  });
}

// The key is our checkout's id: a retry of ours, or of the caller's, finds the same session.
async function createSession(
  stripe: Stripe,
  checkout: Checkout,
  successUrl: string,
  cancelUrl: string,
): Promise<Stripe.Checkout.Session> {
  const metadata = {
    checkout_id: checkout.checkout_id,
    user_id: checkout.user_id,
    package_id: checkout.package.id,
  };
  try {
    return await stripe.checkout.sessions.create(
      {
        mode: "payment",
        line_items: [lineItem(checkout.package)],
        client_reference_id: checkout.user_id,
        metadata,
        payment_intent_data: { metadata },
        success_url: successUrl,
        cancel_url: cancelUrl,
        ...buyer(checkout),
      },
      { idempotencyKey: `checkout:${checkout.checkout_id}` },
    );
  } catch (error) {
    throw stripeError(error);
  }
}

function lineItem(pack: Checkout["package"]): Stripe.Checkout.SessionCreateParams.LineItem {
  if (pack.stripe_price_id) return { price: pack.stripe_price_id, quantity: 1 };
  return {
    quantity: 1,
    price_data: {
      currency: pack.currency,
      unit_amount: pack.unit_amount,
      product_data: {
        name: pack.name,
        // Stripe refuses an empty description.
        ...(pack.description && { description: pack.description }),
      },
    },
  };
}

function buyer(checkout: Checkout): { customer?: string; customer_email?: string } {
  if (checkout.stripe_customer_id) return { customer: checkout.stripe_customer_id };
  return checkout.email ? { customer_email: checkout.email } : {};
}

function idOf(value: string | { id: string } | null): string | undefined {
  return typeof value === "string" ? value : value?.id;
}
