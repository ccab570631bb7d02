import type Stripe from "stripe";
import { z } from "zod";
import { rpc, serviceRpc } from "../_shared/rpc.ts";
import { atStripe } from "../_shared/stripe_error.ts";
import type { Purchase, SessionAnswer } from "./purchase.ts";

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

// Credits that are bought once.
export async function buyPackage(purchase: Purchase, packageId: string): Promise<SessionAnswer> {
  // The database knows who is calling, and what a package costs.
  const checkout = await rpc(
    purchase.asCaller,
    "create_checkout",
    { p_package_id: packageId, p_idempotency_key: purchase.idempotencyKey },
    checkoutSchema,
  );
  const session = await createSession(purchase, checkout);
  await serviceRpc(
    purchase.asService,
    "attach_checkout",
    {
      p_checkout_id: checkout.checkout_id,
      p_external_id: session.id,
      p_url: session.url,
      p_stripe_customer_id: idOf(session.customer) ?? checkout.stripe_customer_id ?? null,
    },
    z.unknown(),
  );
  return { checkout_id: checkout.checkout_id, session_id: session.id, url: session.url };
}

// The key is our checkout's id: a retry of ours, or of the caller's, finds the same session.
function createSession(
  { stripe, successUrl, cancelUrl }: Purchase,
  checkout: Checkout,
): Promise<Stripe.Checkout.Session> {
  const metadata = {
    checkout_id: checkout.checkout_id,
    user_id: checkout.user_id,
    package_id: checkout.package.id,
  };
  return atStripe(() =>
    stripe.checkout.sessions.create(
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
    ),
  );
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
