import { describe, expect, test, vi } from "vitest";
import { upscaleJob } from "./fakes/bench.ts";
import { stack } from "./fakes/deno_stack.ts";

describe("the worker in Deno", () => {
  test("does real work", async () => {
    const { store, files, serve, ring } = await stack();
    const worker = await serve("worker");
    const job = upscaleJob(store);
    expect((await ring()).status).toBe(202);
    await vi.waitFor(
      () => {
        expect(job.status, worker.output()).toBe("completed");
      },
      { timeout: 25_000, interval: 100 },
    );
    expect(job.result).toMatchObject({
      files: [
        { kind: "processed", content_type: "image/png", width: 256, height: 256 },
        { kind: "thumbnail", content_type: "image/webp" },
      ],
    });
    expect(files.paths("results/")).toHaveLength(2);
  }, 60_000);

  test("draws, traces, and says in words what it cannot do", async () => {
    const { store, files, serve, ring } = await stack();
    const worker = await serve("worker");
    const poster = store.add("editor.generate", {
      operation: "generate",
      prompt: "a red fox at night",
      width: 256,
      height: 192,
      provider: "local",
    });
    const traced = upscaleJob(store, { operation: "vectorize" });
    traced.type = "editor.vectorize";
    const blank = upscaleJob(store, { operation: "background_removal" });
    blank.type = "editor.background_removal";
    await ring();
    await vi.waitFor(
      () => {
        const ends = [poster.status, traced.status, blank.status];
        expect(ends, worker.output()).toEqual(["completed", "completed", "failed"]);
      },
      { timeout: 25_000, interval: 100 },
    );
    expect(poster.result).toMatchObject({ files: [{ width: 256, height: 192 }, {}] });
    expect(files.paths("results/").some((path) => path.endsWith("processed.svg"))).toBe(true);
    // A white square has no subject: the words come from the image library, out of its thread.
    expect(blank.error).not.toContain("We try again");
    expect(blank.attempts).toBe(1);
  }, 60_000);

  test("beats and answers rings while a large picture is worked on", async () => {
    const { store, serve, ring } = await stack({}, 5);
    const worker = await serve("worker");
    store.leaseMs = 900;
    const job = upscaleJob(store);
    await ring();
    await vi.waitFor(() => expect(store.count("heartbeat")).toBeGreaterThan(0), {
      timeout: 10_000,
      interval: 10,
    });
    expect((await ring()).status).toBe(202);
    expect(job.status, worker.output()).toBe("processing");
    await vi.waitFor(() => expect(job.status, worker.output()).toBe("completed"), {
      timeout: 25_000,
      interval: 100,
    });
    expect(job).toMatchObject({ endings: 1, attempts: 1 });
    expect(job.result).toMatchObject({ files: [{ width: 4096 }, {}] });
  }, 60_000);

  test("finishes an order of the asynchronous provider after its signed callback", async () => {
    const { store, gateway, serve, ring } = await stack({ LOCAL_PROVIDER_MODE: "async" });
    const worker = await serve("worker");
    const webhook = await serve("provider-webhook");
    const job = upscaleJob(store);
    await ring();
    await vi.waitFor(
      async () => {
        const said = worker.output() + webhook.output();
        expect(gateway.callbacks, said).toEqual([{ status: 200, body: '{"outcome":"woken"}' }]);
        await ring();
        expect(job.status, said).toBe("completed");
      },
      { timeout: 25_000, interval: 100 },
    );
    expect(job.endings).toBe(1);
  }, 60_000);

  test("killed in mid-job leaves nothing that the next one cannot finish", async () => {
    const { store, serve, ring } = await stack();
    const first = await serve("worker");
    const job = upscaleJob(store, { input_data: { simulate: "slow" } });
    await ring();
    await vi.waitFor(() => expect(store.count("start")).toBe(1), { timeout: 10_000 });
    await first.stop("SIGKILL");
    store.takeAway(job.id);
    job.payload = { ...job.payload, input_data: {} };
    const second = await serve("worker");
    await ring();
    await vi.waitFor(() => expect(job.status, second.output()).toBe("completed"), {
      timeout: 25_000,
      interval: 100,
    });
    expect(job).toMatchObject({ endings: 1, attempts: 2 });
  }, 60_000);
});
