import { describe, expect, test } from "vitest";
import type { MediaOutput } from "../../../functions/_shared/providers/types.ts";
import { inspectVideo } from "../../../functions/_shared/video/inspect.ts";
import { bench, SOURCE } from "./fakes/bench.ts";
import { noteOf } from "./fakes/images.ts";
import { type FakeJob, OWNER } from "./fakes/job_store.ts";
import { scriptedProvider } from "./fakes/slow_provider.ts";

const VIDEO = {
  operation: "generate_video",
  variant: "veo-2",
  prompt: "a fox",
  negative_prompt: null,
  aspect_ratio: "9:16",
  resolution: "720p",
  seconds: 5,
  reference: null,
};

function filesOf(job: FakeJob): { kind: string; path: string }[] {
  return job.result?.files as { kind: string; path: string }[];
}

describe("a video", () => {
  test("is stored with a poster and a thumbnail", async () => {
    const { store, files, runNext } = bench();
    const job = store.add("video.generate", VIDEO);
    expect(await runNext()).toBe("completed");
    const made = filesOf(job);
    expect(made).toMatchObject([
      { kind: "video", content_type: "video/webm", width: 270, height: 480, seconds: 1 },
      { kind: "poster", content_type: "image/webp" },
      { kind: "thumbnail", content_type: "image/webp" },
    ]);
    expect(made[0]?.path.startsWith(`${OWNER}/`) && made[0].path.endsWith("/video.webm")).toBe(
      true,
    );
    expect(inspectVideo(files.stored.get(`results/${made[0]?.path}`)?.bytes as Uint8Array)).toEqual(
      {
        contentType: "video/webm",
        width: 270,
        height: 480,
        seconds: 1,
      },
    );
  });

  test("starts from its reference", async () => {
    const { store, files, runNext } = bench();
    const job = store.add("video.generate", { ...VIDEO, reference: SOURCE });
    expect(await runNext()).toBe("completed");
    const [video] = filesOf(job);
    expect(noteOf(files.stored.get(`results/${video?.path}`)?.bytes)).toContain("moved: a fox");
  });

  test.each([
    ["20,000 foxes", "🦊".repeat(20_000), "completed"],
    ["one more", "🦊".repeat(20_001), "failed"],
  ])("of %s characters", async (_words, prompt, ending) => {
    const { store, runNext } = bench();
    store.add("video.generate", { ...VIDEO, prompt });
    expect(await runNext()).toBe(ending);
  });

  test("does not start from somebody else's picture", async () => {
    const { store, runNext } = bench();
    const path = "cccccccc-0000-4000-8000-000000000001/cat.png";
    const job = store.add("video.generate", { ...VIDEO, reference: { bucket: "uploads", path } });
    expect(await runNext()).toBe("failed");
    expect(job.error).toContain("not yours");
  });
});

test("a staged photo is as large as its source", async () => {
  const { store, files, runNext } = bench();
  const job = store.add("stage:run", {
    operation: "stage",
    room_type: "bedroom",
    style: "modern",
    source: SOURCE,
  });
  expect(await runNext()).toBe("completed");
  const [staged] = filesOf(job);
  expect(staged).toMatchObject({ kind: "processed", width: 10, height: 20 });
  expect(noteOf(files.stored.get(`results/${staged?.path}`)?.bytes)).toContain("modern bedroom");
});

describe("a provider's result is believed in nothing:", () => {
  const text = (value: string) => new TextEncoder().encode(value);
  const run = async (type: string, payload: Record<string, unknown>, output: MediaOutput) => {
    const provider = scriptedProvider({
      submit: async () => ({ kind: "done", outputs: [output], usage: { status: 200 } }),
    });
    const made = bench({ provider });
    const job = made.store.add(type, payload);
    const ending = await made.runNext();
    return { ...made, job, ending };
  };
  const upscale = { operation: "upscale", factor: 2, source: SOURCE };
  const vectorize = { operation: "vectorize", source: SOURCE };

  test.each([
    ["nothing at all", ""],
    ["an HTML page", "<html><body>Not found</body></html>"],
    [
      "an SVG in place of a picture",
      '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    ],
    ["a PDF", "%PDF-1.7"],
  ])("%s is tried again, and not stored", async (_what, body) => {
    const output = { bytes: text(body), contentType: "image/png" };
    const { job, ending, files } = await run("editor.upscale", upscale, output);
    expect(ending).toBe("failed");
    expect(job).toMatchObject({ status: "queued" });
    expect(job.error).toContain("was not a picture");
    expect(files.paths("results/")).toEqual([]);
  });

  test("a picture in place of a video is none", async () => {
    const output = { bytes: text("png 4x4 still"), contentType: "video/mp4" };
    const { job } = await run("video.generate", VIDEO, output);
    expect(job.error).toContain("was not a video");
  });

  test("more than the bucket takes is not stored, and is not tried again", async () => {
    const output = { bytes: new Uint8Array(100 * 1024 * 1024 + 1), contentType: "image/png" };
    const { job } = await run("editor.upscale", upscale, output);
    expect(job).toMatchObject({ status: "failed", attempts: 1 });
    expect(job.error).toContain("larger than 100 MB");
  });

  test("a script in an SVG is not stored with it", async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">
      <script>alert(2)</script><path d="M0 0L9 9"/></svg>`;
    const output = { bytes: text(svg), contentType: "image/svg+xml" };
    const { job, files } = await run("editor.vectorize", vectorize, output);
    expect(job.status).toBe("completed");
    const [path = ""] = files.paths("results/");
    expect(path).toMatch(/processed\.svg$/);
    const stored = noteOf(files.stored.get(path)?.bytes);
    expect(stored).toContain('<path d="M0 0L9 9"/>');
    expect(stored).not.toMatch(/script|onload|alert/);
  });
});
