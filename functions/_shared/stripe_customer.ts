import type Stripe from "stripe";
import { z } from "zod";
import { type RpcClient, serviceRpc } from "./rpc.ts";
import { atStripe } from "./stripe_error.ts";

export interface StripeUser {
  user_id: string;
  email: string | null;
  stripe_customer_id?: string | null | undefined;
}

// The user's customer at Stripe, made if there is none. Of calls at once one makes it: the key is
// the user's, and nothing else in the request may differ between them (an e-mail address could).
// The database then says which one counts.
export async function ensureCustomer(
  stripe: Stripe,
  asService: RpcClient,
  user: StripeUser,
): Promise<string> {
  if (user.stripe_customer_id) return user.stripe_customer_id;
  const { id: made } = await atStripe(() =>
    stripe.customers.create(
      { metadata: { user_id: user.user_id } },
      { idempotencyKey: `customer:${user.user_id}` },
    ),
  );
  const id = await serviceRpc(
    asService,
    "claim_stripe_customer",
    { p_user_id: user.user_id, p_stripe_customer_id: made },
    z.string(),
  );
  if (id === made && user.email) {
    const { email } = user;
    await atStripe(() =>
      stripe.customers.update(id, { email }, { idempotencyKey: `customer:${id}:${email}` }),
    );
  }
  return id;
}
