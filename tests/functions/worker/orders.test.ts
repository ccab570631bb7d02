import { describe, expect, test, vi } from "vitest";
import { localCallbacks } from "../../../functions/_shared/providers/local_callback.ts";
import {
  FinalError,
  ProviderFaultError,
  RetryableError,
} from "../../../functions/_shared/work_error.ts";
import { providerWebhookHandler } from "../../../functions/provider-webhook/handler.ts";
import { type Bench, bench, CALLBACK_SECRET, upscaleJob } from "./fakes/bench.ts";
import { databaseAway, type FakeJobStore } from "./fakes/job_store.ts";
import { doneAnswer, scriptedProvider } from "./fakes/slow_provider.ts";

// The way of a callback: the local provider signs and sends, provider-webhook checks and stores.
function connected(options: Parameters<typeof bench>[0] = {}) {
  const answers: string[] = [];
  const box: { store?: FakeJobStore } = {};
  const handler = providerWebhookHandler({
    providers: [localCallbacks(CALLBACK_SECRET)],
    database: {
      rpc: async (_name, args) => {
        const externalId = String(args.p_external_id);
        const outcome = box.store?.callback(externalId, args.p_payload as Record<string, unknown>);
        return { data: { outcome, job_id: null }, error: null, status: 200 };
      },
    },
  });
  const sent: Request[] = [];
  const deliver: typeof fetch = async (input, init) => {
    const request = new Request(input as string, init);
    sent.push(request.clone());
    const response = await handler(request);
    answers.push(`${response.status} ${await response.clone().text()}`);
    return response;
  };
  const made = bench({ mode: "async", deliver, ...options });
  box.store = made.store;
  return { ...made, answers, sent, handler };
}

const orderName = (store: Bench["store"], id: string) =>
  String(store.jobs.get(id)?.state?.external_id);

describe("an order of the asynchronous provider", () => {
  test("is submitted, called back, and completed once", async () => {
    const { store, files, runNext, answers } = connected();
    const job = upscaleJob(store);
    expect(await runNext()).toBe("waiting");
    expect(job.state).toMatchObject({ provider: "local", external_id: expect.any(String) });

    await vi.waitFor(() => expect(answers).toEqual(['200 {"outcome":"woken"}']));
    expect(await runNext()).toBe("completed");
    expect(job).toMatchObject({ endings: 1, attempts: 1 });
    expect(job.result).toMatchObject({ files: [{ width: 40 }, { kind: "thumbnail" }] });
    // What the provider kept is gone; the result and its thumbnail stay.
    expect(files.paths("results/")).toHaveLength(2);
    expect(store.usage.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
      "upscale.submit 202",
      "upscale 200",
    ]);
  });

  test("is found by a poll when it never calls back", async () => {
    const { store, runNext, sent } = connected();
    const job = upscaleJob(store, { input_data: { simulate: "no_callback" } });
    await runNext();
    await vi.waitFor(async () => {
      store.makeRunnable(job.id);
      expect(await runNext()).toBe("completed");
    });
    expect(sent).toEqual([]);
    expect(job.endings).toBe(1);
  });

  test("shows the progress of work that goes on elsewhere", async () => {
    const { store, runNext } = connected({ slowMs: 60_000 });
    const job = upscaleJob(store, { input_data: { simulate: "slow" } });
    await runNext();
    store.makeRunnable(job.id);
    expect(await runNext()).toBe("waiting");
    expect(job.run_at).toBeGreaterThan(Date.now());
  });

  test("fails with words for the user, by callback", async () => {
    const { store, runNext, answers } = connected();
    const job = upscaleJob(store, { input_data: { simulate: "fail" } });
    await runNext();
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    expect(await runNext()).toBe("failed");
    expect(job).toMatchObject({ status: "failed", endings: 1 });
    expect(job.error).toContain("refused this picture");
  });

  test("fails with the same words when only another process can tell", async () => {
    const { store, runNext, newProcess, answers } = connected();
    const job = upscaleJob(store, { input_data: { simulate: "fail" } });
    await runNext();
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    expect(await newProcess().runNext()).toBe("failed");
    expect(job.error).toContain("refused this picture");
  });

  test("that failed for a moment is ordered anew", async () => {
    const { store, runNext, answers } = connected();
    const job = upscaleJob(store, { input_data: { simulate: "retry" } });
    await runNext();
    const first = orderName(store, job.id);
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    expect(await runNext()).toBe("failed");
    expect(job.status).toBe("queued");
    store.makeRunnable(job.id);
    expect(await runNext()).toBe("waiting");
    expect(orderName(store, job.id)).not.toBe(first);
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    expect(await runNext()).toBe("completed");
    expect(job.endings).toBe(1);
  });

  test("is finished by another process from what is in storage", async () => {
    const { store, runNext, newProcess, answers } = connected();
    const job = upscaleJob(store);
    await runNext();
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    expect(await newProcess().runNext()).toBe("completed");
    expect(job.endings).toBe(1);
  });

  test("that was lost with its process is ordered anew, and never hangs", async () => {
    let now = Date.now();
    const { store, runNext, newProcess } = connected({ slowMs: 600_000, now: () => now });
    const job = upscaleJob(store, { input_data: { simulate: "slow" } });
    await runNext();

    const after = newProcess();
    store.makeRunnable(job.id);
    expect(await after.runNext()).toBe("waiting");
    now += 60_000;
    store.makeRunnable(job.id);
    expect(await after.runNext()).toBe("failed");
    expect(job.status).toBe("queued");
    job.payload = { ...job.payload, input_data: {} };
    store.makeRunnable(job.id);
    expect(await after.runNext()).toBe("waiting");
    await vi.waitFor(async () => {
      store.makeRunnable(job.id);
      expect(await after.runNext()).toBe("completed");
    });
    expect(job.endings).toBe(1);
  });
});

describe("callback and poll for one order", () => {
  test("doubled and late callbacks are answered with 200 and change nothing", async () => {
    const { store, runNext, answers, sent, handler } = connected();
    const job = upscaleJob(store);
    await runNext();
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    const [request] = sent;
    if (!request) throw new Error("no callback was sent");
    const again = await handler(request.clone());
    expect(again.status).toBe(200);
    expect(await runNext()).toBe("completed");
    const late = await handler(request.clone());
    expect(late.status).toBe(200);
    expect(await late.json()).toEqual({ outcome: "already_ended" });
    expect(await runNext()).toBeUndefined();
    expect(job.endings).toBe(1);
  });

  test("two claims at once: one holds the job, the other's token is worth nothing", async () => {
    const { store, claim, run, newProcess, answers, files } = connected();
    const job = upscaleJob(store);
    const [first] = await claim(1);
    if (!first) throw new Error("nothing was claimed");
    await run(first);
    await vi.waitFor(() => expect(answers).toHaveLength(1));

    const other = newProcess();
    const [polling] = await claim(1);
    if (!polling) throw new Error("nothing was claimed");
    // The poller's lease ends early, and the reaper gives the job to another.
    store.takeAway(job.id);
    const endings = await Promise.all([run(polling), other.runNext()]);
    expect(endings.sort()).toEqual(["completed", "lost"]);
    expect(job.endings).toBe(1);
    expect(files.paths("results/")).toHaveLength(2);
  });
});

describe("an open order with any provider", () => {
  test("whose callback came before it was noted is finished at once", async () => {
    const { store, runNext } = bench({ provider: scriptedProvider({}) });
    const job = upscaleJob(store);
    store.before = (call) => {
      if (call === "snooze") expect(store.callback("order-1", { status: "ok" })).toBe("unknown");
    };
    expect(await runNext()).toBe("waiting");
    store.before = () => undefined;
    expect(await runNext()).toBe("completed");
    expect(job.endings).toBe(1);
  });

  test("is looked at later, not at once, when its callback was heard and did not help", async () => {
    const provider = scriptedProvider({ poll: () => Promise.reject(new TypeError("away")) });
    const { store, runNext } = bench({ provider });
    const job = upscaleJob(store);
    await runNext();
    store.callback("order-1", { status: "ok" });
    expect(await runNext()).toBe("waiting");
    expect(job.run_at).toBeGreaterThan(Date.now() + 10_000);
  });

  test("outlives a worker that was killed while it looked", async () => {
    const submit = vi.fn(scriptedProvider({}).submit);
    const { store, claim, runNext } = bench({ provider: scriptedProvider({ submit }) });
    const job = upscaleJob(store);
    await runNext();
    store.makeRunnable(job.id);
    await claim(1);
    store.takeAway(job.id);
    expect(await runNext()).toBe("completed");
    expect(submit).toHaveBeenCalledTimes(1);
  });

  test("that failed and may be repeated later starts over, even with a Retry-After", async () => {
    const error = new RetryableError("Too busy.", { retryAfterSeconds: 60 });
    const provider = scriptedProvider({ poll: async () => ({ kind: "failed", error }) });
    const { store, runNext } = bench({ provider });
    const job = upscaleJob(store);
    await runNext();
    store.makeRunnable(job.id);
    expect(await runNext()).toBe("failed");
    expect(job).toMatchObject({ status: "queued", state: null });
    expect(job.run_at).toBeGreaterThan(Date.now() + 50_000);
  });

  test("is not ordered twice when the provider cannot be asked", async () => {
    const submit = vi.fn(scriptedProvider({}).submit);
    let away = true;
    const provider = scriptedProvider({
      submit,
      poll: async () => {
        if (away) throw new TypeError("fetch failed");
        return doneAnswer;
      },
    });
    const { store, runNext } = bench({ provider });
    const job = upscaleJob(store);
    await runNext();
    for (let look = 0; look < 3; look++) {
      store.makeRunnable(job.id);
      expect(await runNext()).toBe("waiting");
    }
    expect(job.state).toMatchObject({ external_id: "order-1", setbacks: 3 });
    away = false;
    store.makeRunnable(job.id);
    expect(await runNext()).toBe("completed");
    expect(submit).toHaveBeenCalledTimes(1);
    expect(job.attempts).toBe(1);
  });

  test("is not ordered twice when its result could not be stored at first", async () => {
    const submit = vi.fn(scriptedProvider({}).submit);
    const { store, files, runNext } = bench({ provider: scriptedProvider({ submit }) });
    const job = upscaleJob(store);
    await runNext();
    files.beforeUpload = () => {
      throw new RetryableError("The file storage could not be reached. We try again.");
    };
    store.makeRunnable(job.id);
    expect(await runNext()).toBe("waiting");
    files.beforeUpload = () => undefined;
    store.makeRunnable(job.id);
    expect(await runNext()).toBe("completed");
    expect(submit).toHaveBeenCalledTimes(1);
    expect(files.paths("results/")).toHaveLength(2);
  });

  test("is cancelled when the lease was lost before it could be noted", async () => {
    const cancel = vi.fn(async () => undefined);
    const { store, runNext } = bench({ provider: scriptedProvider({ cancel }) });
    const job = upscaleJob(store);
    store.before = (call) => {
      if (call === "snooze") store.takeAway(job.id);
    };
    expect(await runNext()).toBe("lost");
    expect(cancel).toHaveBeenCalledWith("order-1");
  });

  test("is kept when it was noted and only the answer got lost", async () => {
    const cancel = vi.fn(async () => undefined);
    const { store, runNext } = bench({ provider: scriptedProvider({ cancel }) });
    const job = upscaleJob(store);
    let lost = false;
    store.after = (call) => {
      if (call !== "snooze" || lost) return;
      lost = true;
      throw databaseAway();
    };
    expect(await runNext()).toBe("waiting");
    expect(cancel).not.toHaveBeenCalled();
    expect(job.state).toMatchObject({ external_id: "order-1" });
  });

  test("waits as long as the provider asks when it is too busy, at no attempt's cost", async () => {
    const provider = scriptedProvider({
      submit: () =>
        Promise.reject(new ProviderFaultError("Too busy.", { status: 429, retryAfterSeconds: 90 })),
    });
    const { store, runNext } = bench({ provider });
    const job = upscaleJob(store);
    expect(await runNext()).toBe("later");
    expect(job).toMatchObject({ status: "queued", attempts: 0, error: "Too busy." });
    expect(job.run_at).toBeGreaterThan(Date.now() + 80_000);
    expect(store.usage).toMatchObject([
      { status: 429, operation: "upscale.submit", outcome: "fault", retryAfterSeconds: 90 },
    ]);
  });

  test("that the provider refused for good fails", async () => {
    const error = new FinalError("The provider's rules do not allow this picture.");
    const provider = scriptedProvider({ poll: async () => ({ kind: "failed", error }) });
    const { store, runNext } = bench({ provider });
    const job = upscaleJob(store);
    await runNext();
    store.makeRunnable(job.id);
    expect(await runNext()).toBe("failed");
    expect(job).toMatchObject({ status: "failed", error: error.userMessage });
  });
});
