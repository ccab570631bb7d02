import type Stripe from "stripe";
import { z } from "zod";
import { isRefusal } from "../_shared/api_error.ts";
import { bearer } from "../_shared/bearer.ts";
import { endpoint, type Handler, json, readJson } from "../_shared/http.ts";
import { logLine } from "../_shared/log.ts";
import { requireStripe } from "../_shared/payments.ts";
import { type RpcClient, rpc, serviceRpc } from "../_shared/rpc.ts";
import { atStripe } from "../_shared/stripe_error.ts";
import { carryOut, stepSchema } from "./steps.ts";

const MAX_BODY_BYTES = 4 * 1024;

export interface SubscriptionDependencies {
  stripe: Stripe | undefined;
  asCaller: (authorization: string) => RpcClient;
  asService: RpcClient;
}

const idempotency_key = z.string().min(1).max(200).optional();

const bodySchema = z.discriminatedUnion("action", [
  z.object({ action: z.literal("change_plan"), plan_id: z.uuid(), idempotency_key }),
  z.object({ action: z.literal("cancel"), idempotency_key }),
  z.object({ action: z.literal("resume"), idempotency_key }),
]);

const changeSchema = z.object({ change_id: z.uuid(), subscription_id: z.string() });

type Change = z.output<typeof changeSchema>;

const decisionSchema = z.object({
  effect: z.enum(["now", "period_end", "none"]),
  effective_at: z.string(),
  steps: z.array(stepSchema),
});

// Changes the caller's subscription: another plan, its end, or no end after all.
export function createSubscriptionHandler(deps: SubscriptionDependencies): Handler {
  return endpoint({ method: "POST", cors: true }, async (request) => {
    const authorization = bearer(request);
    const stripe = requireStripe(deps.stripe);
    const body = await readJson(request, bodySchema, MAX_BODY_BYTES);
    const change = await rpc(
      deps.asCaller(authorization),
      "begin_subscription_change",
      {
        p_action: body.action,
        p_plan_id: body.action === "change_plan" ? body.plan_id : null,
        p_idempotency_key: body.idempotency_key ?? crypto.randomUUID(),
      },
      changeSchema,
    );
    try {
      const answer = await carryOutChange(stripe, deps.asService, change);
      await finish(deps.asService, change, true);
      return json(answer);
    } catch (error) {
      // Where Stripe did not answer, nobody knows what it did: the hold then ends by itself.
      if (isRefusal(error)) await finish(deps.asService, change, false);
      throw error;
    }
  });
}

async function carryOutChange(stripe: Stripe, asService: RpcClient, change: Change) {
  const { change_id, subscription_id } = change;
  const subscription = await atStripe(() => stripe.subscriptions.retrieve(subscription_id));
  const { effect, effective_at, steps } = await rpc(
    asService,
    "decide_subscription_change",
    { p_change_id: change_id, p_subscription: subscription },
    decisionSchema,
  );
  let paymentUrl: string | null = null;
  for (const [index, step] of steps.entries()) {
    paymentUrl = await carryOut(stripe, subscription_id, step, `change:${change_id}:${index}`);
  }
  return { subscription_id, effect, effective_at, payment_url: paymentUrl };
}

// If this fails, the hold ends by itself, and the change may be repeated with its key.
async function finish(asService: RpcClient, { change_id }: Change, done: boolean): Promise<void> {
  try {
    const args = { p_change_id: change_id, p_is_done: done };
    await serviceRpc(asService, "finish_subscription_change", args, z.unknown());
  } catch (error) {
    logLine("warn", "change_not_finished", { change_id, error });
  }
}
