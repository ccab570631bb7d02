import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bootStack, type TestStack } from "../support/stack.ts";

const SECRET = "ws_of_this_test";

let stack: TestStack;
beforeAll(async () => {
  stack = await bootStack({ dotEnv: { WHOP_WEBHOOK_SECRET: SECRET } });
});
afterAll(() => stack?.stop());

async function send(id: string, type: string, data: object, secret = SECRET) {
  const at = new Date();
  const body = JSON.stringify({ id, type, api_version: "v1", timestamp: at.toISOString(), data });
  const response = await fetch(`${stack.url}/functions/v1/whop-webhook`, {
    method: "POST",
    body,
    headers: {
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(btoa(secret)).sign(id, at, body),
    },
  });
  return { status: response.status, body: await response.json() };
}

test("a membership that is paid at Whop gives its user the plan and its credits, once", async () => {
  const user = await stack.signUp();
  const now = Date.now();
  const shared = {
    user: { id: "user_1" },
    plan: { id: "plan_1", metadata: { plan_code: "pro" } },
    product: { id: "prod_1", title: "Pro", metadata: null },
    currency: "usd",
    created_at: new Date(now).toISOString(),
    updated_at: new Date(now).toISOString(),
  };
  const membership = {
    ...shared,
    id: "mem_1",
    status: "active",
    renewal_period_start: new Date(now).toISOString(),
    renewal_period_end: new Date(now + 30 * 86_400_000).toISOString(),
    metadata: { user_id: user.id },
  };
  const payment = {
    ...shared,
    id: "pay_1",
    status: "paid",
    total: 49.99,
    billing_reason: "subscription_create",
    paid_at: new Date(now).toISOString(),
    membership: { id: "mem_1" },
  };
  const before = (await user.client.rpc("my_credits")).data as { available: number };

  expect(await send("msg_0", "membership.activated", membership, "ws_of_another")).toMatchObject({
    status: 400,
    body: { error: { code: "signature_invalid" } },
  });
  const taken = { status: 200, body: { received: true, status: "applied" } };
  expect(await send("msg_1", "membership.activated", membership)).toEqual(taken);
  expect(await send("msg_2", "payment.succeeded", payment)).toEqual(taken);
  expect(await send("msg_2", "payment.succeeded", payment)).toEqual(taken);

  const { data: credits } = await user.client.rpc("my_credits");
  expect(credits).toMatchObject({ available: before.available + 200 });
  const { data: entitlement } = await user.client.rpc("entitlement", {
    p_feature: "monthly_limit",
  });
  expect(entitlement).toMatchObject({ plan: "pro", status: "active", limit: 500, allowed: true });
});
