import { describe, expect, test } from "vitest";
import { pictureFetcher } from "../../../functions/_shared/jobs/picture_url.ts";
import { bench } from "./fakes/bench.ts";
import { noteOf, picture } from "./fakes/images.ts";

const URL_OF_CAT = "https://cdn.example/cat.png";
const KINDS = {
  "video.generate": {
    operation: "generate_video",
    prompt: "a fox",
    reference: { url: URL_OF_CAT },
  },
  "video.upscale": { operation: "upscale", factor: 2, source: { url: URL_OF_CAT } },
};

// A worker whose network answers as the test says.
function benchOf(answer: () => Response, addresses = ["93.184.215.14"]) {
  const asked: string[] = [];
  const fetch = (async (input: string) => {
    asked.push(input);
    return answer();
  }) as unknown as typeof globalThis.fetch;
  const fetchPicture = pictureFetcher({ fetch, resolve: async () => addresses });
  return { ...bench({ fetchPicture }), asked };
}

test.each(Object.entries(KINDS))(
  "a %s works on a picture at a public address",
  async (type, payload) => {
    const { store, files, runNext, asked } = benchOf(() => new Response(picture(10, 20).slice()));
    const job = store.add(type, payload);
    expect(await runNext()).toBe("completed");
    expect(asked).toEqual([URL_OF_CAT]);
    const [made] = (job.result?.files ?? []) as { path: string }[];
    expect(noteOf(files.stored.get(`results/${made?.path}`)?.bytes)).toMatch(
      /moved: a fox|upscaled 2/,
    );
  },
);

describe("a picture's address", () => {
  const run = async (...network: Parameters<typeof benchOf>) => {
    const made = benchOf(...network);
    const job = made.store.add("video.generate", KINDS["video.generate"]);
    await made.runNext();
    return { ...made, job };
  };
  const redirect = (location: string) => () =>
    new Response(null, { status: 302, headers: { location } });

  test.each([
    ["that stands for a private network", () => new Response("x"), ["10.0.0.1"], 0],
    ["that leads to the cloud's metadata", redirect("https://169.254.169.254/"), undefined, 1],
    ["at which there is nothing", () => new Response(null, { status: 404 }), undefined, 1],
    ["at which nothing is", () => new Response(""), undefined, 1],
  ])("%s is refused for good", async (_what, answer, addresses, times) => {
    const { job, asked, store } = await run(answer, addresses);
    expect(asked).toHaveLength(times);
    expect(job).toMatchObject({ status: "failed", attempts: 1 });
    expect(job.error).toBe("The picture cannot be loaded from its address. Please upload it.");
    expect(store.usage).toMatchObject([{ status: 422, outcome: undefined }]);
  });

  test("with more than 25 MB is refused for good", async () => {
    const { job } = await run(() => new Response(new Uint8Array(25 * 1024 * 1024 + 1)));
    expect(job).toMatchObject({ status: "failed", attempts: 1 });
    expect(job.error).toContain("larger than 25 MB");
  });

  test("with something else than a picture is refused, and is no news of the provider", async () => {
    const { job, store } = await run(() => new Response("<html>"));
    expect(job).toMatchObject({ status: "failed", attempts: 1, error: "This is not a picture." });
    expect(store.usage).toMatchObject([{ status: 422, outcome: undefined }]);
  });

  test("that does not answer costs an attempt, and the provider no rest", async () => {
    const { job, store } = await run(() => new Response(null, { status: 503 }));
    expect(job).toMatchObject({ status: "queued", attempts: 1 });
    expect(job.error).toContain("does not answer");
    expect(store.usage).toMatchObject([{ outcome: undefined }]);
  });
});
