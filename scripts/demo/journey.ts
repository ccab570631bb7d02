import { buyPackage, signUp } from "./buy.ts";
import { connect, credits, show } from "./client.ts";
import { askForTooMuch, seeAHoldComeBack, showLedger } from "./endings.ts";
import { expect } from "./result.ts";
import { subscribe } from "./subscribe.ts";
import { askForWork, download, uploadPicture } from "./work.ts";

export { DemoError } from "./result.ts";

export interface DemoOptions {
  url: string;
  publishableKey: string;
  // Undefined with real Stripe keys: then nobody pays, and the sign-up credits must do.
  stripeUrl: string | undefined;
  outDir: string;
  say: (line: string) => void;
}

// A user's whole way, by the calls that a front end makes. Each line is a step and its result.
export async function runDemo(options: DemoOptions): Promise<void> {
  const supabase = connect(options);
  const step = (what: string, result: string) => options.say(`${what} → ${result}`);

  const user = await signUp(supabase);
  step("sign up", `${user.email} is user ${user.id}`);
  const granted = await credits(supabase);
  step("sign-up credits", show(granted));
  expect(granted.available > 0, "a new user has credits");
  const paid = await buyPackage(supabase, options.stripeUrl, granted, step);
  if (options.stripeUrl) await subscribe(supabase, step);

  const { imageId, size } = await uploadPicture(supabase, user.id, step);
  const finished = await askForWork(supabase, imageId, step);
  await download(supabase, finished, size, options.outDir, step);

  const used = finished.reduce((sum, operation) => sum + (operation.credits_used ?? 0), 0);
  const left = await credits(supabase);
  step("credits after the work", `${show(left)}, ${used} used`);
  expect(left.held === 0, "no credits are held when all work is done");
  expect(left.available === paid.available - used, "the account paid what the operations cost");
  await showLedger(supabase, step);

  await askForTooMuch(supabase, imageId, left, step);
  await seeAHoldComeBack(supabase, imageId, step);
}
