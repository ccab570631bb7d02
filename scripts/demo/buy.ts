import { setTimeout as wait } from "node:timers/promises";
import { type Client, type Credits, credits, type Step, show } from "./client.ts";
import { payOnEmulator } from "./pay.ts";
import { expect, must, mustAnswer } from "./result.ts";

const PATIENCE_MS = 60_000;

export async function signUp(supabase: Client): Promise<{ id: string; email: string }> {
  const name = `demo-${crypto.randomUUID().slice(0, 8)}`;
  const email = `${name}@example.com`;
  const { user, session } = must(
    await supabase.auth.signUp({ email, password: crypto.randomUUID() }),
    "sign up",
  );
  expect(user !== null && session !== null, "a sign-up gives a session");
  return { id: user?.id ?? "", email };
}

export async function buyPackage(
  supabase: Client,
  stripeUrl: string | undefined,
  before: Credits,
  step: Step,
): Promise<Credits> {
  const packages = must(
    await supabase
      .from("credit_packages")
      .select("id, name, credits, unit_amount, currency")
      .order("unit_amount"),
    "list the packages",
  );
  const priced = packages.map(
    (one) => `${one.name} ${one.credits} for ${one.unit_amount / 100} ${one.currency}`,
  );
  step("packages", priced.join(", "));
  const [chosen] = packages;
  expect(chosen !== undefined, "there is a package to buy");
  const { url } = await mustAnswer(
    await supabase.functions.invoke<{ url: string }>("checkout", {
      body: {
        package_id: chosen?.id,
        success_url: "http://localhost:3000/paid",
        cancel_url: "http://localhost:3000/cancelled",
        idempotency_key: crypto.randomUUID(),
      },
    }),
    "start the checkout",
  );
  step(`check out ${chosen?.name}`, url);
  if (!stripeUrl) {
    step("pay", "left to you: real Stripe keys are set, so the demo goes on with what it has");
    return before;
  }
  step("pay on the page", `paid, sent back to ${await payOnEmulator(url)}`);
  const deadline = Date.now() + PATIENCE_MS;
  let now = before;
  while (now.available === before.available && Date.now() < deadline) {
    await wait(100);
    now = await credits(supabase);
  }
  step("credits after Stripe's webhook", show(now));
  expect(now.available === before.available + chosen?.credits, "the package's credits arrive once");
  return now;
}
