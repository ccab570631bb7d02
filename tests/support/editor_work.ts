import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type { Database, Json } from "../../supabase/database.types.ts";
import type { TestStack, User } from "./stack.ts";

export const PICTURE = readFileSync(
  fileURLToPath(new URL("../../scripts/demo/picture.png", import.meta.url)),
);

export type Operation = Pick<
  Database["editor"]["Tables"]["image_operations"]["Row"],
  "id" | "status" | "credits_used" | "error_message"
>;

// A user with a picture, who asks for one operation on it.
export async function ask(
  stack: TestStack,
  input: Record<string, Json>,
  type = "background_removal",
): Promise<{ user: User; id: string }> {
  const user = await stack.signUp();
  const path = `${user.id}/picture.png`;
  const upload = await user.client.storage
    .from("uploads")
    .upload(path, PICTURE, { contentType: "image/png" });
  expect(upload.error).toBeNull();
  const editor = user.client.schema("editor");
  const image = await editor
    .from("images")
    .insert({ original_filename: "picture.png", original_url: path })
    .select("id")
    .single();
  const operation = await editor
    .from("image_operations")
    .insert({
      image_id: image.data?.id ?? null,
      operation_type: type,
      input_data: input,
    })
    .select("id")
    .single();
  expect(operation.error).toBeNull();
  return { user, id: operation.data?.id ?? "" };
}

export async function operation(user: User, id: string): Promise<Operation> {
  const { data, error } = await user.client
    .schema("editor")
    .from("image_operations")
    .select("id, status, credits_used, error_message")
    .eq("id", id)
    .single();
  if (error) throw error;
  return data;
}

export const ended = (seen: Operation) => seen.status === "completed" || seen.status === "failed";

export async function money(stack: TestStack, user: User): Promise<unknown> {
  const [row] = await stack.db.query(
    `select
       a.balance, a.held,
       (select count(*)::int from public.credit_transactions as t
         where t.user_id = a.user_id and t.transaction_type = 'usage') as charges,
       (select count(*)::int from private.audit_credits(a.user_id)) as findings
     from public.credit_accounts as a where a.user_id = $1`,
    [user.id],
  );
  return row;
}
