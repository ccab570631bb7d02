import { type Client, type Credits, credits, type Step, same, show } from "./client.ts";
import { expect, must } from "./result.ts";
import { watchOperations } from "./watch.ts";

export async function showLedger(supabase: Client, step: Step): Promise<void> {
  const rows = must(
    await supabase
      .from("credit_transactions")
      .select("seq, transaction_type, amount, balance_after, description")
      .order("seq"),
    "read the ledger",
  );
  for (const row of rows) {
    const amount = row.amount > 0 ? `+${row.amount}` : String(row.amount);
    step(
      `ledger ${row.seq}`,
      `${row.transaction_type} ${amount}, balance ${row.balance_after}, ${row.description}`,
    );
  }
  const sum = rows.reduce((total, row) => total + row.amount, 0);
  const last = rows.at(-1)?.balance_after;
  expect(sum === last, `the movements add up to the balance (${sum}, ${last})`);
}

export async function askForTooMuch(
  supabase: Client,
  imageId: string,
  before: Credits,
  step: Step,
): Promise<void> {
  const { credits: price } = must(
    await supabase.rpc("quote", { p_operation: "editor.upscale", p_variant: "4x" }),
    "ask for the price",
  ) as { credits: number };
  const count = Math.floor(before.available / price) + 1;
  const operation = { image_id: imageId, operation_type: "upscale", input_data: { factor: 4 } };
  const { error } = await supabase
    .schema("editor")
    .from("image_operations")
    .insert(Array.from({ length: count }, () => operation));
  step(
    `ask for ${count} upscales at ${price} credits`,
    `refused: ${error?.code} ${error?.message}; ${error?.details}`,
  );
  expect(error?.code === "PT402", "more than the credits allow is refused with PT402");
  expect(error?.message === "insufficient_credits", "the refusal says insufficient_credits");
  const after = await credits(supabase);
  expect(same(after, before), "a refusal holds and takes nothing");
}

export async function seeAHoldComeBack(
  supabase: Client,
  imageId: string,
  step: Step,
): Promise<void> {
  const before = await credits(supabase);
  const asked = must(
    await supabase
      .schema("editor")
      .from("image_operations")
      .insert({
        image_id: imageId,
        operation_type: "upscale",
        input_data: { factor: 2, simulate: "fail" },
      })
      .select("id")
      .single(),
    "ask for work that fails",
  ) as { id: string };
  step("ask for work that fails", show(await credits(supabase)));
  const [ended] = await watchOperations(supabase, [asked.id], step);
  expect(ended?.status === "failed", "the failing job ends as failed");
  expect(Boolean(ended?.error_message), "a failed operation says why");
  const after = await credits(supabase);
  step("the hold came back", show(after));
  expect(same(after, before), "a failed job costs nothing");
}
