import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database, Json } from "../../supabase/database.types.ts";
import { bootStack, type TestStack, type User } from "../support/stack.ts";

const PICTURE = readFileSync(
  fileURLToPath(new URL("../../scripts/demo/picture.png", import.meta.url)),
);
const TIMEOUT_MS = 90_000;

type Operation = Pick<
  Database["editor"]["Tables"]["image_operations"]["Row"],
  "id" | "status" | "credits_used" | "error_message"
>;

// A user with a picture, who asks for one operation on it.
async function ask(
  stack: TestStack,
  input: Record<string, Json>,
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
      operation_type: "background_removal",
      input_data: input,
    })
    .select("id")
    .single();
  expect(operation.error).toBeNull();
  return { user, id: operation.data?.id ?? "" };
}

// Looks until the condition holds; what it saw last is the failure's text.
async function until<T>(look: () => Promise<T>, done: (seen: T) => boolean): Promise<T> {
  const end = Date.now() + TIMEOUT_MS;
  for (;;) {
    const seen = await look();
    if (done(seen)) return seen;
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function operation(user: User, id: string): Promise<Operation> {
  const { data, error } = await user.client
    .schema("editor")
    .from("image_operations")
    .select("id, status, credits_used, error_message")
    .eq("id", id)
    .single();
  if (error) throw error;
  return data;
}

const ended = (seen: Operation) => seen.status === "completed" || seen.status === "failed";

async function money(stack: TestStack, user: User): Promise<unknown> {
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

const CHARGED_ONCE = { balance: 99, held: 0, charges: 1, findings: 0 };

describe("a provider that answers at once", () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await bootStack();
  });
  afterAll(() => stack?.stop());

  test("a worker killed in mid-job: the job runs again, ends once and is charged once", async () => {
    await stack.db.query("update public.job_types set lease = '3 seconds'");
    const { user, id } = await ask(stack, { simulate: "slow" });
    await until(
      () => operation(user, id),
      (seen) => seen.status === "processing",
    );
    const workers = execFileSync("pgrep", ["-P", String(process.pid), "-f", "functions/worker"])
      .toString()
      .trim()
      .split("\n");
    expect(workers).toHaveLength(1);
    process.kill(Number(workers[0]), "SIGKILL");

    const seen = await until(() => operation(user, id), ended);
    expect(seen).toMatchObject({ status: "completed", credits_used: 1 });
    expect(await money(stack, user)).toEqual(CHARGED_ONCE);
    const { data: attempts } = await user.client
      .from("job_attempts")
      .select("attempt, outcome")
      .order("attempt");
    expect(attempts).toEqual([
      { attempt: 1, outcome: "lease_expired" },
      { attempt: 2, outcome: "completed" },
    ]);
  });

  test("an attempt that fails is tried again and charged once", async () => {
    const { user, id } = await ask(stack, { simulate: "retry" });
    const seen = await until(() => operation(user, id), ended);
    expect(seen).toMatchObject({ status: "completed", credits_used: 1 });
    expect(await money(stack, user)).toEqual(CHARGED_ONCE);
  });

  test("cancelled while it runs: the hold comes back and the late result changes nothing", async () => {
    const { user, id } = await ask(stack, { simulate: "slow" });
    await until(
      () => operation(user, id),
      (seen) => seen.status === "processing",
    );
    const { data: job } = await user.client.from("jobs").select("id").eq("subject_id", id).single();
    const cancelled = await user.client.rpc("cancel_job", { p_job_id: job?.id ?? "" });
    expect(cancelled.error).toBeNull();
    expect(await operation(user, id)).toMatchObject({ status: "failed", credits_used: 0 });
    expect(await money(stack, user)).toEqual({ balance: 100, held: 0, charges: 0, findings: 0 });
    // The worker is told that its lease is lost and takes back what it had uploaded.
    await until(
      () =>
        stack.db.query(
          "select name from storage.objects where bucket_id = 'results' and name like $1",
          [`${user.id}/%`],
        ),
      (files) => files.length === 0,
    );
    expect(await operation(user, id)).toMatchObject({ status: "failed" });
  });

  test("the image deleted while work on it runs: credits back, files gone", async () => {
    const { user, id } = await ask(stack, { simulate: "slow" });
    await until(
      () => operation(user, id),
      (seen) => seen.status === "processing",
    );
    const gone = await user.client.schema("editor").from("images").delete().eq("user_id", user.id);
    expect(gone.error).toBeNull();
    expect(await money(stack, user)).toEqual({ balance: 100, held: 0, charges: 0, findings: 0 });
    await until(
      () =>
        stack.db.query("select bucket_id, name from storage.objects where name like $1", [
          `${user.id}/%`,
        ]),
      (files) => files.length === 0,
    );
  });
});

describe("a provider that answers later", () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await bootStack({ dotEnv: { LOCAL_PROVIDER_MODE: "async" } });
  });
  afterAll(() => stack?.stop());

  test("calls back: the job waits meanwhile, ends once and is charged once", async () => {
    const { user, id } = await ask(stack, {});
    const seen = await until(() => operation(user, id), ended);
    expect(seen).toMatchObject({ status: "completed", credits_used: 1 });
    expect(await money(stack, user)).toEqual(CHARGED_ONCE);
    const tasks = await stack.db.query<{ called: boolean }>(
      `select k.called_back_at is not null as called
       from private.provider_tasks as k join public.jobs as j on j.id = k.job_id
       where j.user_id = $1`,
      [user.id],
    );
    expect(tasks).toEqual([{ called: true }]);
  });

  test("never calls back: the poll finds the result", async () => {
    const { user, id } = await ask(stack, { simulate: "no_callback" });
    const seen = await until(() => operation(user, id), ended);
    expect(seen).toMatchObject({ status: "completed", credits_used: 1 });
    expect(await money(stack, user)).toEqual(CHARGED_ONCE);
  });

  test("a forged callback is refused and changes nothing", async () => {
    const answer = await stack.fetch("/functions/v1/provider-webhook/local", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "webhook-id": "forged",
        "webhook-timestamp": String(Math.floor(Date.now() / 1000)),
        "webhook-signature": "v1,Zm9yZ2Vk",
      },
      body: JSON.stringify({ external_id: "x", status: "done" }),
    });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { code: "signature_invalid" } });
  });
});
