import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, ended, money, operation } from "../support/editor_work.ts";
import { bootStack, type TestStack } from "../support/stack.ts";
import { until } from "../support/until.ts";

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

  test("is told when the job was cancelled meanwhile, and leaves nothing", async () => {
    const { user, id } = await ask(stack, { simulate: "slow" });
    const jobs = () =>
      stack.db.query<{ id: string; type: string; status: string }>(
        "select id, type, status from public.jobs where user_id = $1 order by created_at",
        [user.id],
      );
    const [job] = await until(jobs, ([seen]) => seen?.status === "waiting");
    expect((await user.client.rpc("cancel_job", { p_job_id: job?.id ?? "" })).error).toBeNull();
    expect(await operation(user, id)).toMatchObject({ status: "failed", credits_used: 0 });
    // What cron does every ten seconds.
    await stack.db.query("select private.cancel_orders(o) from private.unwanted_orders() as o");
    const [, told] = await until(jobs, ([, seen]) => seen?.status === "completed");
    expect(told).toMatchObject({ type: "provider.cancel_order" });
    const files = await stack.db.query(
      "select name from storage.objects where bucket_id = 'results' and name like $1",
      [`${user.id}/%`],
    );
    expect(files).toEqual([]);
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
