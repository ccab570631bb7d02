import type Stripe from "stripe";
import { ApiError } from "./api_error.ts";

// The Stripe client of an installation that takes payments.
export function requireStripe(stripe: Stripe | undefined): Stripe {
  if (stripe) return stripe;
  throw new ApiError(503, "payments_not_configured", "Payments are not set up here.", {
    hint: "Set STRIPE_SECRET_KEY.",
  });
}
