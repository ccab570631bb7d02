import Stripe from "stripe";
import type { TestStack, User } from "./stack.ts";

// The stack's emulator, as Stripe's SDK sees it.
export function stripeOf(stack: TestStack): Stripe {
  const { hostname, port } = new URL(String(stack.stripeUrl));
  return new Stripe(stack.keys.stripeSecretKey, { host: hostname, port, protocol: "http" });
}

export async function available(user: User): Promise<number> {
  const { data, error } = await user.client.rpc("my_credits");
  if (error) throw error;
  return (data as { available: number }).available;
}

export const findings = (stack: TestStack, user: User) =>
  stack.db.query("select * from private.audit_credits($1)", [user.id]);
