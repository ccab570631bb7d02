import { expect, test } from "vitest";
import { ApiError } from "../../../functions/_shared/api_error.ts";
import { bench, upscaleJob } from "./fakes/bench.ts";
import { databaseAway, OWNER, SUBJECT } from "./fakes/job_store.ts";

test("a heartbeat keeps the lease while the work outlasts it", async () => {
  const { store, runNext } = bench({ slowMs: 2_000 });
  store.leaseMs = 900;
  const job = upscaleJob(store, { input_data: { simulate: "slow" } });
  expect(await runNext()).toBe("completed");
  expect(store.count("heartbeat")).toBeGreaterThanOrEqual(4);
  expect(job.endings).toBe(1);
});

test("a lease lost in mid-work aborts the work, and nothing is written", async () => {
  const { store, files, runNext } = bench({ slowMs: 30_000 });
  store.leaseMs = 9_000;
  const job = upscaleJob(store, { input_data: { simulate: "slow" } });
  store.after = (call) => {
    if (call === "start") store.takeAway(job.id);
  };
  const startedAt = Date.now();
  expect(await runNext()).toBe("lost");
  expect(Date.now() - startedAt).toBeLessThan(6_000);
  expect(store.count("complete") + store.count("fail")).toBe(0);
  expect(files.paths("results/")).toEqual([]);
});

test("a lease lost while storing removes this attempt's files and no other's", async () => {
  const { store, files, runNext } = bench();
  const job = upscaleJob(store);
  const others = `${OWNER}/${SUBJECT}/other-token/processed.png`;
  files.put("results", others, new Uint8Array(1));
  store.before = (call) => {
    if (call === "complete") store.takeAway(job.id);
  };
  expect(await runNext()).toBe("lost");
  expect(files.paths("results/")).toEqual([`results/${others}`]);
  expect(files.removals.flat()).toHaveLength(2);
  expect(store.count("fail")).toBe(0);

  store.before = () => undefined;
  expect(await runNext()).toBe("completed");
  expect(job.endings).toBe(1);
});

test("an upload that ends after the lease is lost is removed too", async () => {
  const { store, files, runNext } = bench();
  store.leaseMs = 600;
  const job = upscaleJob(store);
  files.beforeUpload = async () => {
    store.takeAway(job.id);
    await new Promise((resolve) => setTimeout(resolve, 700));
  };
  expect(await runNext()).toBe("lost");
  expect(files.paths("results/")).toEqual([]);
});

test("a cancelled job is told so at its start and costs no work", async () => {
  const { store, claim, run } = bench();
  const job = upscaleJob(store);
  const [claimed] = await claim(1);
  job.status = "cancelled";
  expect(claimed && (await run(claimed))).toBe("lost");
  expect(store.usage).toEqual([]);
});

test("a worker killed between upload and complete leaves files under its own token only", async () => {
  const { store, files, claim, run, runNext } = bench();
  const job = upscaleJob(store);
  const [claimed] = await claim(1);
  if (!claimed) throw new Error("nothing was claimed");
  // The process dies: complete is never sent.
  const died = new Promise<void>((resolve) => {
    store.before = (call) => {
      if (call !== "complete") return;
      resolve();
      throw new Error("killed");
    };
    void run(claimed).catch(() => undefined);
  });
  files.remove = () => Promise.reject(new Error("killed"));
  await died;
  store.before = () => undefined;
  store.takeAway(job.id);
  expect(await runNext()).toBe("completed");

  const [first, second] = job.tokens;
  expect(files.paths(`results/${OWNER}/${SUBJECT}/${first}/`)).toHaveLength(2);
  expect(JSON.stringify(job.result)).not.toContain(first);
  expect(JSON.stringify(job.result)).toContain(second);
  expect(job.endings).toBe(1);
});

test("an answer lost after the commit keeps the files: the job has them as its result", async () => {
  const { store, files, runNext } = bench();
  const job = upscaleJob(store);
  let lost = false;
  store.after = (call) => {
    if (call !== "complete" || lost) return;
    lost = true;
    throw databaseAway();
  };
  expect(await runNext()).toBe("completed");
  expect(job).toMatchObject({ status: "completed", endings: 1 });
  expect(files.paths("results/")).toHaveLength(2);
});

test("a database that is away for a moment at the end is asked again", async () => {
  const { store, runNext } = bench();
  const job = upscaleJob(store);
  let refusals = 2;
  store.before = (call) => {
    if (call === "complete" && refusals-- > 0) throw databaseAway();
  };
  expect(await runNext()).toBe("completed");
  expect(job.endings).toBe(1);
});

test("a heartbeat without an answer does not stop work whose lease still runs", async () => {
  const { store, runNext } = bench({ slowMs: 1_500 });
  store.leaseMs = 6_000;
  upscaleJob(store, { input_data: { simulate: "slow" } });
  store.before = (call) => {
    if (call === "heartbeat") throw databaseAway();
  };
  expect(await runNext()).toBe("completed");
});

test("a lease that runs out unheard stops the work", async () => {
  const { store, runNext } = bench({ slowMs: 30_000 });
  store.leaseMs = 900;
  upscaleJob(store, { input_data: { simulate: "slow" } });
  store.before = (call) => {
    if (call === "heartbeat") throw databaseAway();
  };
  expect(await runNext()).toBe("lost");
  expect(store.count("complete") + store.count("fail")).toBe(0);
});

test("a result that the database refuses is removed, and the attempt has failed", async () => {
  const { store, files, runNext } = bench();
  const job = upscaleJob(store);
  store.before = (call) => {
    if (call === "complete") throw new ApiError(400, "result_too_large", "Too large.");
  };
  expect(await runNext()).toBe("failed");
  expect(job.status).toBe("queued");
  expect(files.paths("results/")).toEqual([]);
});
