import Stripe from "stripe";
import { ApiError } from "./api_error.ts";

// A call of Stripe, with its failures in our own words.
export async function atStripe<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw stripeError(error);
  }
}

// What the caller can do about a failed call to Stripe decides the answer; Stripe's own words go
// to the log.
export function stripeError(cause: unknown): unknown {
  if (!(cause instanceof Stripe.errors.StripeError)) return cause;
  if (
    cause instanceof Stripe.errors.StripeAuthenticationError ||
    cause instanceof Stripe.errors.StripePermissionError
  ) {
    return new ApiError(503, "payments_not_configured", "Payments are not set up correctly.", {
      hint: "Check STRIPE_SECRET_KEY.",
      cause,
    });
  }
  if (cause instanceof Stripe.errors.StripeIdempotencyError) {
    return new ApiError(409, "idempotency_key_reused", "This key was used for another request.", {
      hint: "Send a new idempotency_key.",
      cause,
    });
  }
  if (cause instanceof Stripe.errors.StripeCardError) {
    return new ApiError(402, "payment_declined", "The card was declined. Nothing was changed.", {
      hint: "Use another card in the billing portal, then try again.",
      cause,
    });
  }
  if (cause instanceof Stripe.errors.StripeInvalidRequestError && cause.statusCode !== 409) {
    return new ApiError(502, "payment_provider_refused", "The payment provider refused this.", {
      cause,
    });
  }
  return new ApiError(
    502,
    "payment_provider_unavailable",
    "The payment provider did not answer. Nothing was charged.",
    { hint: "Try again; if it stays so, with a new idempotency_key.", cause },
  );
}
