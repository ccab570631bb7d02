import { expect, test } from "vitest";
import { isLeaseLost, isPassing } from "../../../functions/_shared/jobs/database_answers.ts";
import { databaseJobStore } from "../../../functions/_shared/jobs/store.ts";
import type { Client } from "../../../functions/_shared/supabase.ts";

const ROW = {
  id: "aaaaaaaa-0000-4000-8000-000000000001",
  user_id: null,
  type: "editor.upscale",
  subject_id: null,
  payload: { operation: "upscale" },
  status: "processing",
  attempts: 1,
  max_attempts: 3,
  lease_expires_at: "2026-01-01T00:00:00+00:00",
  lock_token: "bbbbbbbb-0000-4000-8000-000000000001",
  state: null,
  result: null,
  priority: 100,
};

type Answer = { data: unknown; error: unknown; status: number };

function storeAnswering(answer: Partial<Answer>) {
  const calls: [string, unknown][] = [];
  const client = {
    rpc: async (name: string, args: unknown) => {
      calls.push([name, args]);
      return { data: null, error: null, status: 200, ...answer };
    },
  };
  return { store: databaseJobStore(client as unknown as Client), calls };
}

const held = { id: ROW.id, lock_token: ROW.lock_token };
const token = { p_job_id: ROW.id, p_lock_token: ROW.lock_token };

test("every call has the names that the database knows", async () => {
  const { store, calls } = storeAnswering({ data: ROW });
  await store.start(held);
  await store.heartbeat(held, 40);
  await store.complete(held, { files: [] });
  await store.fail(held, { userMessage: "words", retryable: false });
  await store.snooze(held, new Date(0), { provider: "local", external_id: "1" });
  await store.recordUsage({
    jobId: ROW.id,
    provider: "local",
    operation: "upscale",
    request: { factor: 4 },
    response: {},
    status: 200,
    seconds: 1.23456,
  });
  expect(calls).toEqual([
    ["start_job", token],
    ["heartbeat_job", { ...token, p_progress: 40 }],
    ["complete_job", { ...token, p_result: { files: [] } }],
    ["fail_job", { ...token, p_error: "words", p_retryable: false }],
    [
      "snooze_job",
      {
        ...token,
        p_run_at: "1970-01-01T00:00:00.000Z",
        p_state: { provider: "local", external_id: "1" },
      },
    ],
    [
      "record_api_usage",
      {
        p_job_id: ROW.id,
        p_api_provider: "local",
        p_operation_type: "upscale",
        p_request: { factor: 4 },
        p_response: {},
        p_status_code: 200,
        p_response_time: 1.235,
        p_error: null,
        p_model: null,
        p_quantity: 1,
        p_outcome: null,
        p_retry_after: null,
      },
    ],
  ]);
});

test("a claim names its worker, its types and how many it can take", async () => {
  const { store, calls } = storeAnswering({ data: [ROW] });
  const [job] = await store.claim("worker-1", 2, ["editor.upscale"], ["local"]);
  expect(job).toMatchObject({ id: ROW.id, lock_token: ROW.lock_token });
  expect(calls).toEqual([
    [
      "claim_jobs",
      { p_worker: "worker-1", p_limit: 2, p_types: ["editor.upscale"], p_providers: ["local"] },
    ],
  ]);
});

test("a lost lease is told from a database that is away", async () => {
  const lost = storeAnswering({
    error: { code: "PT409", message: "lease_lost", details: "", hint: "" },
    status: 409,
  });
  const refusal = await lost.store.complete(held, {}).catch((error: unknown) => error);
  expect([isLeaseLost(refusal), isPassing(refusal)]).toEqual([true, false]);

  const away = storeAnswering({ error: { code: "", message: "TypeError: fetch failed" } });
  const silence = await away.store.complete(held, {}).catch((error: unknown) => error);
  expect([isLeaseLost(silence), isPassing(silence)]).toEqual([false, true]);
});
