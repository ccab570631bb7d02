import { describe, expect, test, vi } from "vitest";
import type { MediaProvider } from "../../../functions/_shared/providers/types.ts";
import { RefusalError } from "../../../functions/_shared/providers/vendor/refusal.ts";
import { FinalError, ProviderFaultError } from "../../../functions/_shared/work_error.ts";
import { bench, upscaleJob } from "./fakes/bench.ts";
import { doneAnswer, scriptedProvider } from "./fakes/slow_provider.ts";

const down = (words = "Down.") => Promise.reject(new ProviderFaultError(words, { status: 503 }));

function benchOf(...answers: (Partial<MediaProvider> & { name: string })[]) {
  const made = bench({ providers: answers.map((answer) => scriptedProvider(answer)) });
  made.store.routes = answers.map(({ name }) => name);
  return made;
}

describe("when a provider is at fault", () => {
  test("the next one does it in the same run", async () => {
    const { store, runNext } = benchOf(
      { name: "acme", submit: () => down() },
      { name: "blue", submit: async () => doneAnswer },
    );
    const job = upscaleJob(store);
    expect(await runNext()).toBe("completed");
    expect(job).toMatchObject({ attempts: 1, result: { provider: "blue" } });
    expect(store.usage).toMatchObject([
      { provider: "acme", outcome: "fault", status: 503, operation: "upscale.submit" },
      { provider: "blue", outcome: "ok", status: 200, operation: "upscale" },
    ]);
  });

  test("and nobody else is there the job waits without an attempt", async () => {
    const { store, runNext } = benchOf(
      { name: "acme", submit: () => down("Acme is down.") },
      { name: "blue", submit: () => down("Blue is down.") },
    );
    const job = upscaleJob(store);
    expect(await runNext()).toBe("later");
    expect(job).toMatchObject({ status: "queued", attempts: 0, error: "Acme is down." });
    expect(store.usage).toHaveLength(2);
  });

  test("the words of a refusal end it all the same", async () => {
    const { store, runNext } = benchOf(
      { name: "acme", submit: () => down() },
      {
        name: "blue",
        submit: () => Promise.reject(new FinalError("Not this picture.", { status: 400 })),
      },
    );
    const job = upscaleJob(store);
    expect(await runNext()).toBe("failed");
    expect(job).toMatchObject({ status: "failed", error: "Not this picture." });
    // It answered, and so is in good health.
    expect(store.usage[1]).toMatchObject({ provider: "blue", outcome: "ok", status: 400 });
  });
});

test("a job for which nobody is there asks again when it is told to", async () => {
  const submit = vi.fn(async () => doneAnswer);
  const { store, runNext } = benchOf({ name: "acme", submit });
  store.atRest.add("acme");
  const job = upscaleJob(store);
  expect(await runNext()).toBe("later");
  expect(job).toMatchObject({ status: "queued", attempts: 0, error: null });
  expect(job.run_at).toBeGreaterThan(Date.now() + 50_000);
  expect(submit).not.toHaveBeenCalled();

  store.atRest.clear();
  store.makeRunnable(job.id);
  expect(await runNext()).toBe("completed");
});

describe("an order", () => {
  test("that takes longer than its route allows is given up and ordered anew", async () => {
    const cancel = vi.fn(async () => undefined);
    const { store, runNext } = benchOf({
      name: "acme",
      poll: async () => ({ kind: "pending", pollAfterSeconds: 5 }),
      cancel,
    });
    store.timeoutSeconds = 0;
    const job = upscaleJob(store);
    expect(await runNext()).toBe("waiting");
    await new Promise((resolve) => setTimeout(resolve, 2));
    store.makeRunnable(job.id);
    expect(await runNext()).toBe("later");
    expect(cancel).toHaveBeenCalledWith("order-1");
    expect(job).toMatchObject({ status: "queued", attempts: 0, state: null });
    expect(job.error).toContain("took too long");
    expect(store.usage.at(-1)).toMatchObject({ outcome: "fault", status: 504 });
  });

  test("that is taken is not done yet: of its provider's health each says its own", async () => {
    const { store, runNext } = benchOf({ name: "acme" });
    const job = upscaleJob(store);
    await runNext();
    store.makeRunnable(job.id);
    await runNext();
    expect(store.usage).toMatchObject([
      { operation: "upscale.submit", status: 202, outcome: "taken" },
      { operation: "upscale", status: 200, outcome: "ok" },
    ]);
  });

  test("stays with its provider while that rests", async () => {
    const { store, runNext } = benchOf({ name: "acme" });
    const job = upscaleJob(store);
    await runNext();
    store.atRest.add("acme");
    store.makeRunnable(job.id);
    expect(await runNext()).toBe("completed");
    expect(store.count("route")).toBe(1);
  });

  test("of a provider that this worker does not have waits for one that has it", async () => {
    const first = benchOf({ name: "acme" });
    const job = upscaleJob(first.store);
    await first.runNext();
    const second = benchOf({ name: "blue" });
    second.store.jobs.set(job.id, job);
    second.store.makeRunnable(job.id);
    expect(await second.runNext()).toBe("waiting");
    expect(job.state).toMatchObject({ provider: "acme", external_id: "order-1", setbacks: 1 });
  });
});

test("what a call costs is said in the units of its provider, with the model", async () => {
  const { store, runNext } = benchOf({
    name: "acme",
    submit: async () => doneAnswer,
    cost: () => ({ operation: "upscale", quantity: 4 }),
  });
  upscaleJob(store);
  await runNext();
  expect(store.usage).toMatchObject([{ operation: "upscale", quantity: 4 }]);
});

test("the log of calls has neither the user's words nor a key, but what the vendor said", async () => {
  const cause = new RefusalError({ status: 400, body: "bad key sk-abcdefghijklmnopqrstuvwxyz" });
  const { store, runNext } = benchOf({
    name: "acme",
    submit: () => Promise.reject(new FinalError("Not this one.", { status: 400, cause })),
  });
  store.add("editor.generate", { operation: "generate", prompt: "Ann Lee of 5 High Street" });
  await runNext();
  const logged = JSON.stringify(store.usage);
  expect(logged).not.toMatch(/Ann|High Street|sk-abc/);
  expect(store.usage).toMatchObject([
    { request: { prompt_length: 24 }, response: { refusal: "HTTP 400: bad key [removed]" } },
  ]);
});
