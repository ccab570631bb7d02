import type Stripe from "stripe";
import { z } from "zod";
import { ApiError, isRefusal } from "../_shared/api_error.ts";
import { logLine } from "../_shared/log.ts";
import { rpc, serviceRpc } from "../_shared/rpc.ts";
import { ensureCustomer } from "../_shared/stripe_customer.ts";
import { atStripe, stripeError } from "../_shared/stripe_error.ts";
import type { Purchase, SessionAnswer } from "./purchase.ts";

// A customer has a handful of subscriptions and open sessions; more than these are not looked at.
const MAX_LISTED = 300;

const checkoutSchema = z.object({
  checkout_id: z.uuid(),
  user_id: z.uuid(),
  email: z.string().nullable(),
  plan_id: z.uuid(),
  price_id: z.string(),
  stripe_customer_id: z.string().nullable(),
  session_id: z.string().nullable(),
  url: z.string().nullable(),
});

type Checkout = z.output<typeof checkoutSchema>;

const offerSchema = z.object({ trial_days: z.int().nonnegative(), expire: z.array(z.string()) });

// A plan that is paid every period, perhaps after a trial.
export async function subscribe(purchase: Purchase, planId: string): Promise<SessionAnswer> {
  const checkout = await rpc(
    purchase.asCaller,
    "begin_subscription_checkout",
    { p_plan_id: planId, p_idempotency_key: purchase.idempotencyKey },
    checkoutSchema,
  );
  const { checkout_id, session_id, url } = checkout;
  if (session_id !== null) return { checkout_id, session_id, url };
  try {
    const session = await openSession(purchase, checkout);
    await serviceRpc(
      purchase.asService,
      "attach_subscription_checkout",
      { p_checkout_id: checkout_id, p_session_id: session.id, p_url: session.url },
      z.unknown(),
    );
    return { checkout_id, session_id: session.id, url: session.url };
  } catch (error) {
    if (isRefusal(error)) await release(purchase, checkout_id);
    throw error;
  }
}

async function openSession(purchase: Purchase, checkout: Checkout) {
  const { stripe, asService } = purchase;
  const customer = await ensureCustomer(stripe, asService, checkout);
  const [subscriptions, sessions] = await atStripe(() =>
    Promise.all([
      stripe.subscriptions
        .list({ customer, status: "all", limit: 100 })
        .autoPagingToArray({ limit: MAX_LISTED }),
      stripe.checkout.sessions
        .list({ customer, status: "open", limit: 100 })
        .autoPagingToArray({ limit: MAX_LISTED }),
    ]),
  );
  // Whether there is a trial is the database's to say: it knows the user, Stripe the last minute.
  const offer = await rpc(
    asService,
    "decide_subscription_checkout",
    {
      p_checkout_id: checkout.checkout_id,
      p_subscriptions: subscriptions.map(({ id, status, trial_start }) => ({
        id,
        status,
        trial_start,
      })),
      p_sessions: sessions.map(({ id, status, mode, metadata }) => ({
        id,
        status,
        mode,
        metadata,
      })),
    },
    offerSchema,
  );
  for (const id of offer.expire) await expire(stripe, id);
  return createSession(purchase, checkout, customer, offer.trial_days);
}

// A session that cannot be ended any more was paid while we looked.
async function expire(stripe: Stripe, id: string): Promise<void> {
  try {
    await stripe.checkout.sessions.expire(id, {}, { idempotencyKey: `expire:${id}` });
  } catch (error) {
    const { status } = await atStripe(() => stripe.checkout.sessions.retrieve(id));
    if (status === "expired") return;
    if (status === "complete") {
      throw new ApiError(409, "already_subscribed", "An earlier checkout was paid just now.", {
        hint: "Look at the subscription in a moment.",
        cause: error,
      });
    }
    throw stripeError(error);
  }
}

function createSession(
  { stripe, successUrl, cancelUrl }: Purchase,
  { checkout_id, plan_id, price_id, user_id }: Checkout,
  customer: string,
  trialDays: number,
): Promise<Stripe.Checkout.Session> {
  const metadata = { checkout_id, plan_id, user_id };
  return atStripe(() =>
    stripe.checkout.sessions.create(
      {
        mode: "subscription",
        customer,
        line_items: [{ price: price_id, quantity: 1 }],
        client_reference_id: user_id,
        metadata,
        subscription_data: {
          metadata,
          ...(trialDays > 0 && { trial_period_days: trialDays }),
        },
        success_url: successUrl,
        cancel_url: cancelUrl,
      },
      { idempotencyKey: `checkout:${checkout_id}` },
    ),
  );
}

// If this fails too, the hold ends by itself.
async function release({ asService }: Purchase, checkoutId: string): Promise<void> {
  try {
    const args = { p_checkout_id: checkoutId };
    await serviceRpc(asService, "release_subscription_checkout", args, z.unknown());
  } catch (error) {
    logLine("warn", "checkout_not_released", { checkout_id: checkoutId, error });
  }
}
