import { setTimeout as wait } from "node:timers/promises";
import type { Client, Step } from "./client.ts";
import { payOnEmulator } from "./pay.ts";
import { expect, must, mustAnswer } from "./result.ts";

const PATIENCE_MS = 60_000;

// A trial of the cheapest plan, by its checkout page.
export async function subscribe(supabase: Client, step: Step): Promise<void> {
  const [plan] = must(
    await supabase
      .from("plans")
      .select("id, name, unit_amount, currency")
      .not("price_id", "is", null)
      .order("unit_amount"),
    "list the plans",
  );
  expect(plan !== undefined, "there is a plan to subscribe to");
  const { url } = await mustAnswer(
    await supabase.functions.invoke<{ url: string }>("checkout", {
      body: {
        plan_id: plan.id,
        success_url: "http://localhost:3000/subscribed",
        cancel_url: "http://localhost:3000/cancelled",
        idempotency_key: crypto.randomUUID(),
      },
    }),
    "start the subscription",
  );
  const price = `${plan.unit_amount / 100} ${plan.currency}`;
  const back = await payOnEmulator(url);
  step(`subscribe to ${plan.name}, ${price} a month`, `begun, sent back to ${back}`);
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const [found] = must(
      await supabase.from("subscriptions").select("status, trial_end"),
      "read the subscription",
    );
    if (found?.status === "trialing") {
      step("the subscription", `${found.status} until ${found.trial_end?.slice(0, 10)}`);
      return;
    }
    expect(Date.now() < deadline, "the trial begins when Stripe's webhook comes");
    await wait(100);
  }
}
