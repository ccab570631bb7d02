import type Stripe from "stripe";
import type { RpcClient } from "../_shared/rpc.ts";

// What a purchase works with, whatever is bought.
export interface Purchase {
  stripe: Stripe;
  asCaller: RpcClient;
  asService: RpcClient;
  successUrl: string;
  cancelUrl: string;
  idempotencyKey: string;
}

export interface SessionAnswer {
  checkout_id: string;
  session_id: string;
  url: string | null;
}
