import Stripe from "stripe";
import { z } from "zod";
import { RetryableError, UNREACHABLE_WORDS } from "../work_error.ts";
import type { JobHandler, JobOutcome } from "./handler.ts";

const payloadSchema = z.object({
  checkout_id: z.guid(),
  user_id: z.guid(),
  amount: z.int().positive(),
  currency: z.string(),
  customer: z.string(),
  payment_method: z.string(),
  description: z.string().nullish(),
});

// Charges a saved payment method while its owner is away. The purchase's id is the idempotency
// key, so a run again finds the charge that was made. Nothing is granted here: the webhook of the
// payment does that, also when our answer to the database is lost.
export function topUp(stripe: Stripe): JobHandler {
  return async ({ job }) => {
    const order = payloadSchema.parse(job.payload);
    const metadata = { checkout_id: order.checkout_id, user_id: order.user_id, top_up: "true" };
    try {
      const intent = await stripe.paymentIntents.create(
        {
          amount: order.amount,
          currency: order.currency,
          customer: order.customer,
          payment_method: order.payment_method,
          confirm: true,
          off_session: true,
          metadata,
          ...(order.description && { description: order.description }),
        },
        { idempotencyKey: `top_up:${order.checkout_id}` },
      );
      const accepted = intent.status === "succeeded" || intent.status === "processing";
      return answer(accepted ? "accepted" : "declined", intent.id, intent.status);
    } catch (error) {
      if (isRefusal(error)) {
        const code = error.decline_code || error.code || error.type;
        return answer("declined", error.payment_intent?.id, code);
      }
      throw new RetryableError(UNREACHABLE_WORDS, { cause: error });
    }
  };
}

// The card, or Stripe, said no, and would say it again. Everything else may pass: the network, too
// many requests, a key that is being changed.
function isRefusal(error: unknown): error is Stripe.errors.StripeError {
  return (
    error instanceof Stripe.errors.StripeCardError ||
    (error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode !== 409)
  );
}

function answer(
  outcome: "accepted" | "declined",
  paymentIntentId: string | undefined,
  code: string,
): JobOutcome {
  return {
    kind: "complete",
    result: { outcome, code, payment_intent_id: paymentIntentId ?? null },
  };
}
