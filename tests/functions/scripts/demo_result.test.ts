import { FunctionsHttpError } from "@supabase/supabase-js";
import { expect, test } from "vitest";
import { mustAnswer } from "../../../scripts/demo/result.ts";

const refusal = (body: string) =>
  mustAnswer(
    { data: null, error: new FunctionsHttpError(new Response(body)) },
    "start the checkout",
  );

test("a function's refusal is told with its code, message and hint", async () => {
  const error = { code: "return_url_refused", message: "Not allowed.", hint: "Add the origin." };
  await expect(refusal(JSON.stringify({ error }))).rejects.toThrow(
    "The demo failed to start the checkout: return_url_refused, Not allowed, Add the origin.",
  );
});

test("an answer that is no refusal of ours is told as supabase-js does", async () => {
  await expect(refusal("<html>")).rejects.toThrow(/non-2xx/);
});
