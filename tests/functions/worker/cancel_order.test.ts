import { describe, expect, test, vi } from "vitest";
import { FinalError, ProviderFaultError } from "../../../functions/_shared/work_error.ts";
import { bench } from "./fakes/bench.ts";
import { scriptedProvider } from "./fakes/slow_provider.ts";

const ORDERED_BY = "cccccccc-0000-4000-8000-000000000001";

async function run(answer: () => Promise<void>, name = "acme") {
  const cancel = vi.fn(answer);
  const made = bench({ provider: scriptedProvider({ name: "acme", cancel }) });
  const job = made.store.add("provider.cancel_order", {
    provider: name,
    external_id: "order-1",
    job_id: ORDERED_BY,
    operation: "upscale",
  });
  await made.runNext();
  return { ...made, job, cancel };
}

describe("an order that nobody wants any more", () => {
  test("is cancelled at its provider, and the call is on record", async () => {
    const { job, cancel, store } = await run(() => Promise.resolve());
    expect(job.status).toBe("completed");
    expect(cancel.mock.calls).toEqual([["order-1"]]);
    expect(store.usage).toMatchObject([
      { jobId: ORDERED_BY, provider: "acme", operation: "upscale.cancel", status: 200 },
    ]);
  });

  test.each([
    new ProviderFaultError("Unknown.", { status: 404 }),
    new FinalError("It has ended.", { status: 422 }),
  ])("and has ended there is over: $status", async (error) => {
    const { job, store } = await run(() => Promise.reject(error));
    expect(job.status).toBe("completed");
    expect(store.usage).toMatchObject([{ operation: "upscale.cancel", status: error.status }]);
  });

  test("is cancelled later when the provider is away", async () => {
    const { job } = await run(() =>
      Promise.reject(new ProviderFaultError("Down.", { status: 503 })),
    );
    expect(job).toMatchObject({ status: "queued", attempts: 0 });
  });

  test("of a provider that this worker does not have is left to another one", async () => {
    const { job, cancel } = await run(() => Promise.resolve(), "blue");
    expect(job.status).toBe("queued");
    expect(cancel).not.toHaveBeenCalled();
  });
});
