import { describe, expect, test } from "vitest";
import { MAX_SOURCE_BYTES } from "../../../functions/_shared/jobs/media_request.ts";
import { bench, SOURCE, upscaleJob } from "./fakes/bench.ts";
import { noteOf, picture } from "./fakes/images.ts";
import { OWNER, SUBJECT } from "./fakes/job_store.ts";

const cases = [
  { operation: "upscale", factor: 2, note: "png 20x40 upscaled 2", file: "processed.png" },
  { operation: "upscale", factor: 4, note: "png 40x80 upscaled 4", file: "processed.png" },
  { operation: "background_removal", note: "png 10x20 without background", file: "processed.png" },
  {
    operation: "vectorize",
    note: '<svg xmlns="http://www.w3.org/2000/svg"><title>10x20</title><path d="M0 0"/></svg>',
    file: "processed.svg",
  },
];

describe("an operation on a picture", () => {
  test.each(cases)("$operation $factor is done and stored", async ({ note, file, ...ask }) => {
    const { store, files, runNext } = bench();
    const job = store.add(`editor.${ask.operation}`, { ...ask, source: SOURCE, provider: "local" });

    expect(await runNext()).toBe("completed");
    const folder = `${OWNER}/${SUBJECT}/${job.tokens[0]}`;
    expect(noteOf(files.stored.get(`results/${folder}/${file}`)?.bytes)).toBe(note);
    expect(job.result).toMatchObject({
      provider: "local",
      processing_time: expect.any(Number),
      files: [
        { kind: "processed", bucket: "results", path: `${folder}/${file}`, bytes: note.length },
        { kind: "thumbnail", path: `${folder}/thumbnail.webp`, content_type: "image/webp" },
      ],
    });
    expect(store.usage).toMatchObject([
      { jobId: job.id, provider: "local", operation: ask.operation, status: 200 },
    ]);
  });

  test("a picture is generated from a prompt, without a source", async () => {
    const { store, files, runNext } = bench();
    const job = store.add("editor.generate", {
      operation: "generate",
      prompt: "a fox",
      width: 640,
      height: 480,
      factor: null,
      source: null,
      provider: "local",
    });
    expect(await runNext()).toBe("completed");
    expect(job.result).toMatchObject({ files: [{ width: 640, height: 480 }, {}] });
    expect(files.paths("results/")).toHaveLength(2);
  });

  test("an SVG's thumbnail is made from the picture it was traced from", async () => {
    const { store, files, runNext } = bench();
    const job = upscaleJob(store, { operation: "vectorize" });
    await runNext();
    const path = `results/${OWNER}/${SUBJECT}/${job.tokens[0]}/thumbnail.webp`;
    expect(noteOf(files.stored.get(path)?.bytes)).toBe("webp 512x512 thumbnail of source");
    expect(job.result).toMatchObject({ files: [{ width: 10, height: 20 }, {}] });
  });

  test("the type of a source is taken from its bytes, not from its name", async () => {
    const { store, files, runNext } = bench();
    files.put("uploads", `${OWNER}/not-a-picture.png`, new TextEncoder().encode("%PDF-1.7"));
    const job = upscaleJob(store, {
      source: { bucket: "uploads", path: `${OWNER}/not-a-picture.png` },
    });
    expect(await runNext()).toBe("failed");
    expect(job).toMatchObject({ status: "failed", error: "This is not a picture." });
  });
});

describe("a source that cannot be used ends the job at once", () => {
  test("missing", async () => {
    const { store, files, runNext } = bench();
    files.stored.clear();
    const job = upscaleJob(store);
    await runNext();
    expect(job).toMatchObject({ status: "failed", attempts: 1 });
    expect(job.error).toBe("The picture is no longer there. Please upload it again.");
  });

  test("too large", async () => {
    const { store, files, runNext } = bench();
    files.put("uploads", SOURCE.path, new Uint8Array(MAX_SOURCE_BYTES + 1));
    const job = upscaleJob(store);
    await runNext();
    expect(job).toMatchObject({ status: "failed", attempts: 1 });
    expect(job.error).toContain("25 MB");
  });

  test.each([
    "cccccccc-0000-4000-8000-000000000001/cat.png",
    `${OWNER}/../cccccccc-0000-4000-8000-000000000001/cat.png`,
  ])("in another user's folder: %s", async (path) => {
    const { store, files, runNext } = bench();
    files.put("uploads", path, picture(10, 20));
    const job = upscaleJob(store, { source: { bucket: "uploads", path } });
    await runNext();
    expect(job).toMatchObject({ status: "failed", attempts: 1 });
    expect(files.paths("results/")).toEqual([]);
  });

  test("not workable, in the words of the image library", async () => {
    const { store, files, runNext } = bench();
    files.put("uploads", SOURCE.path, picture(10, 20, "busy street"));
    const job = upscaleJob(store, { operation: "background_removal" });
    await runNext();
    expect(job).toMatchObject({ status: "failed", attempts: 1, error: "Not plain enough." });
    expect(store.usage).toMatchObject([{ status: 422, operation: "background_removal.submit" }]);
  });
});

describe("a failure", () => {
  test("for good tells the user why and gives nothing another try", async () => {
    const { store, runNext } = bench();
    const job = upscaleJob(store, { input_data: { simulate: "fail" } });
    expect(await runNext()).toBe("failed");
    expect(job).toMatchObject({ status: "failed", attempts: 1 });
    expect(job.error).toContain("refused this picture");
  });

  test("that may pass is tried again later", async () => {
    const { store, runNext } = bench();
    const job = upscaleJob(store, { input_data: { simulate: "retry" } });
    await runNext();
    expect(job).toMatchObject({ status: "queued", error: "The provider is busy. We try again." });
    expect(job.run_at).toBeGreaterThan(Date.now());
    store.makeRunnable(job.id);
    expect(await runNext()).toBe("completed");
    expect(job.attempts).toBe(2);
  });

  test("nobody foresaw never shows its inside to the user", async () => {
    const secret = "password=hunter2 at /srv/worker.ts:10";
    const { store, lines, runNext } = bench({
      images: { upscale: () => Promise.reject(new TypeError(secret)) },
    });
    const job = upscaleJob(store);
    await runNext();
    expect(job).toMatchObject({
      status: "queued",
      error: "The provider could not be reached. We try again.",
    });
    expect(JSON.stringify(store.usage)).not.toContain("hunter2");
    expect(lines.find(({ event }) => event === "job_failed")).toBeDefined();
  });

  test("in the last attempt promises no further one", async () => {
    const { store, runNext } = bench({ images: { upscale: () => Promise.reject(new Error()) } });
    const job = upscaleJob(store);
    job.max_attempts = 1;
    await runNext();
    expect(job.status).toBe("failed");
    expect(job.error).not.toContain("We try again");
  });

  test("of storing removes what this attempt had stored", async () => {
    const { store, files, runNext } = bench();
    const job = upscaleJob(store);
    files.beforeUpload = (path) => {
      if (path.endsWith("thumbnail.webp")) throw new Error("storage is full");
    };
    await runNext();
    expect(job.status).toBe("queued");
    expect(files.paths("results/")).toEqual([]);
  });

  test("of the usage log does not cost the user the work", async () => {
    const { store, runNext } = bench();
    const job = upscaleJob(store);
    store.before = (call) => {
      if (call === "recordUsage") throw new Error("no such table");
    };
    expect(await runNext()).toBe("completed");
    expect(job.status).toBe("completed");
  });

  test("of a payload that makes no sense is final", async () => {
    const { store, runNext } = bench();
    const job = store.add("editor.upscale", { factor: "many" });
    await runNext();
    expect(job).toMatchObject({ status: "failed", error: "This request cannot be worked on." });
  });

  test("of an unknown provider may pass with the next deployment", async () => {
    const { store, runNext } = bench();
    const job = upscaleJob(store, { provider: "replicate" });
    await runNext();
    expect(job.status).toBe("queued");
  });
});

test("slow work reports its progress as it goes", async () => {
  const { store, runNext } = bench({ slowMs: 1_500 });
  const job = upscaleJob(store, { input_data: { simulate: "slow" } });
  expect(await runNext()).toBe("completed");
  expect(job.progress).toBeGreaterThan(5);
  expect(store.count("heartbeat")).toBeGreaterThan(0);
});
