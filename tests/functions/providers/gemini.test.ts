import { describe, expect, test, vi } from "vitest";
import { embedTexts } from "../../../functions/_shared/providers/gemini/embeddings.ts";
import { GeminiProvider } from "../../../functions/_shared/providers/gemini/provider.ts";
import {
  contextOf,
  failure,
  PNG_BASE64,
  requestOf,
  routeTo,
  vendorServer,
  withSource,
} from "./fakes/vendor.ts";

const vendor = vendorServer();
const NAME = "models/veo-3.1-fast-generate-preview/operations/abc123";
const state = { submittedAt: new Date() };

const config = () => ({ apiKey: "a-key", baseUrl: vendor.url });
const gemini = () => new GeminiProvider(config());
const video = requestOf("generate_video", {
  prompt: "a fox",
  negativePrompt: "rain",
  aspectRatio: "9:16",
  resolution: "1080p",
  seconds: 5,
});
const settings = { seconds: [4, 6, 8], resolutions: ["720p", "1080p"] };
const refusal = (code: number, status: string, message: string, details: unknown[] = []) => ({
  status: code,
  json: { error: { code, status, message, details } },
});
const submit = (request = video, route = {}) => gemini().submit(request, contextOf(route));
const poll = () => gemini().poll(NAME, state, video, contextOf());

describe("a video", () => {
  test("is ordered in Google's words", async () => {
    vendor.answers({ json: { name: NAME } });
    const model = "veo-3.1-fast-generate-preview";
    expect(await submit(video, { model, settings })).toEqual({
      kind: "submitted",
      externalId: NAME,
      pollAfterSeconds: 10,
    });
    expect(vendor.asked).toMatchObject([
      {
        method: "POST",
        path: `/v1beta/models/${model}:predictLongRunning`,
        headers: { "x-goog-api-key": "a-key" },
        json: {
          instances: [{ prompt: "a fox" }],
          parameters: {
            sampleCount: 1,
            aspectRatio: "9:16",
            resolution: "1080p",
            durationSeconds: 4,
            negativePrompt: "rain",
          },
        },
      },
    ]);
    expect(gemini().cost(video, routeTo({ settings }))).toEqual({
      operation: "generate_video",
      quantity: 4,
    });
  });

  test("of a resolution that is made in one length has that length", async () => {
    vendor.answers({ json: { name: NAME } });
    const more = { ...settings, resolution_seconds: { "1080p": 8 } };
    await submit(video, { settings: more });
    expect(vendor.asked[0]?.json).toMatchObject({ parameters: { durationSeconds: 8 } });
    const { quantity } = gemini().cost(
      { ...video, resolution: "720p" },
      routeTo({ settings: more }),
    );
    expect(quantity).toBe(4);
  });

  test("starts from its reference; what a model does not offer is not asked for", async () => {
    vendor.answers({ json: { name: NAME } });
    await submit(
      requestOf("generate_video", {
        prompt: "it moves",
        resolution: "4k",
        aspectRatio: "1:1",
        reference: withSource.source,
      }),
    );
    expect(vendor.asked[0]?.json).toEqual({
      instances: [
        {
          prompt: "it moves",
          image: { bytesBase64Encoded: PNG_BASE64, mimeType: "image/png" },
        },
      ],
      parameters: { sampleCount: 1, durationSeconds: 8, aspectRatio: "16:9" },
    });
  });

  test("is looked after until it is there, and fetched with the key", async () => {
    vendor.answers({ json: { name: NAME, metadata: {} } });
    expect(await poll()).toEqual({ kind: "pending", pollAfterSeconds: 10 });
    expect(vendor.asked).toMatchObject([{ method: "GET", path: `/v1beta/${NAME}` }]);

    const uri = `${vendor.url}/v1beta/files/xyz:download?alt=media`;
    vendor.answers(({ path }) =>
      path.includes("files")
        ? { body: "the bytes of a video" }
        : {
            json: {
              name: NAME,
              done: true,
              response: { generateVideoResponse: { generatedSamples: [{ video: { uri } }] } },
            },
          },
    );
    const done = await poll();
    expect(done).toMatchObject({ kind: "done", usage: { status: 200 } });
    if (done.kind !== "done") throw new Error();
    expect(Buffer.from(done.outputs[0].bytes).toString()).toBe("the bytes of a video");
    expect(vendor.asked.at(-1)?.headers["x-goog-api-key"]).toBe("a-key");
  });

  test("that the rules filter tells its user why", async () => {
    vendor.answers({
      json: {
        name: NAME,
        done: true,
        response: {
          generateVideoResponse: {
            raiMediaFilteredCount: 1,
            raiMediaFilteredReasons: ["Sorry, we can't create videos of real people."],
          },
        },
      },
    });
    const failed = await poll();
    if (failed.kind !== "failed") throw new Error(failed.kind);
    expect(failed.error.name).toBe("FinalError");
    expect(failed.error.userMessage).toMatch(/rules do not allow.*real people/);
  });

  test.each([
    [
      { code: 3, message: "The prompt could not be submitted: it violates our rules" },
      "FinalError",
    ],
    [{ code: 13, message: "Internal error" }, "ProviderFaultError"],
    [{ code: 14, message: "Unavailable" }, "ProviderFaultError"],
    [{ code: 9, message: "Something else" }, "RetryableError"],
  ])("whose operation failed with %o is a %s", async (error, name) => {
    vendor.answers({ json: { name: NAME, done: true, error } });
    const failed = await poll();
    if (failed.kind !== "failed") throw new Error(failed.kind);
    expect(failed.error.name).toBe(name);
  });

  test("of an operation that was forgotten is ordered anew", async () => {
    vendor.answers(refusal(404, "NOT_FOUND", "Operation not found"));
    expect(await poll()).toMatchObject({ kind: "failed", error: { name: "RetryableError" } });
  });

  test.each([
    ["is done and has nothing", { name: NAME, done: true, response: {} }],
    ["has no name", {}],
  ])("whose answer %s makes no sense", async (_what, json) => {
    vendor.answers({ json });
    const work = "name" in json ? poll() : submit();
    expect(await failure(work)).toMatchObject({ name: "ProviderFaultError", status: 502 });
  });

  test("is not fetched from wherever an answer points to", async () => {
    const uri = "http://169.254.169.254/latest/meta-data";
    vendor.answers({
      json: {
        name: NAME,
        done: true,
        response: { generateVideoResponse: { generatedSamples: [{ video: { uri } }] } },
      },
    });
    expect(await failure(poll())).toMatchObject({ name: "UrlNotAllowedError" });
  });
});

describe("a picture", () => {
  const answer = (part: object, more: object = {}) => ({
    json: { candidates: [{ content: { parts: [part] }, finishReason: "STOP", ...more }] },
  });

  test("is made from words", async () => {
    vendor.answers(answer({ inlineData: { mimeType: "image/png", data: PNG_BASE64 } }));
    const done = await submit(
      requestOf("generate", { prompt: "a fox", width: 1920, height: 1080 }),
    );
    expect(done).toMatchObject({ kind: "done", outputs: [{ contentType: "image/png" }] });
    expect(vendor.asked).toMatchObject([
      {
        path: "/v1beta/models/gemini-2.5-flash-image:generateContent",
        json: {
          contents: [{ parts: [{ text: "a fox" }] }],
          generationConfig: { responseModalities: ["IMAGE"], imageConfig: { aspectRatio: "16:9" } },
        },
      },
    ]);
  });

  test("is staged from a photo, its room and its style", async () => {
    vendor.answers(answer({ inlineData: { data: PNG_BASE64 } }));
    await submit(
      requestOf("stage", { ...withSource, roomType: "home_office", style: "mid_century" }),
    );
    const asked = JSON.stringify(vendor.asked[0]?.json);
    expect(asked).toContain(PNG_BASE64);
    expect(asked).toContain("home office in mid century style");
  });

  test.each([
    ["the prompt is blocked", { json: { promptFeedback: { blockReason: "SAFETY" } } }],
    ["the picture is withheld", answer({ text: "no" }, { finishReason: "IMAGE_SAFETY" })],
  ])("that is refused since %s ends in words", async (_why, reply) => {
    vendor.answers(reply);
    const work = submit(requestOf("generate", { prompt: "x" }));
    expect(await failure(work)).toMatchObject({ name: "FinalError", status: 400 });
  });

  test("that is only talked about may come the next time", async () => {
    vendor.answers(answer({ text: "Here is your picture!" }));
    const work = submit(requestOf("generate", { prompt: "x" }));
    expect(await failure(work)).toMatchObject({ name: "RetryableError" });
  });
});

describe("when Google refuses", () => {
  test("for a while, its own wish is respected", async () => {
    const info = { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "34.2s" };
    vendor.answers(refusal(429, "RESOURCE_EXHAUSTED", "Quota exceeded", [info]));
    expect(await failure(submit())).toMatchObject({
      name: "ProviderFaultError",
      status: 429,
      retryAfterSeconds: 35,
    });
    // The SDK did not ask again by itself.
    expect(vendor.asked).toHaveLength(1);
  });

  test.each([
    [503, "UNAVAILABLE", "Overloaded", [], "ProviderFaultError"],
    [500, "INTERNAL", "Oops", [], "ProviderFaultError"],
    [403, "PERMISSION_DENIED", "No", [], "ProviderFaultError"],
    [404, "NOT_FOUND", "No such model", [], "ProviderFaultError"],
    [400, "FAILED_PRECONDITION", "Enable billing", [], "ProviderFaultError"],
    [400, "INVALID_ARGUMENT", "Bad key", [{ reason: "API_KEY_INVALID" }], "ProviderFaultError"],
    [400, "INVALID_ARGUMENT", "Unsupported duration", [], "FinalError"],
    [400, "INVALID_ARGUMENT", "Violates our usage guidelines", [], "FinalError"],
  ] as const)("with %i %s %s: %s %s", async (code, status, message, details, name) => {
    vendor.answers(refusal(code, status, message, [...details]));
    const failed = await failure(submit());
    expect(failed.name).toBe(name);
    expect(failed.userMessage).not.toContain("a-key");
  });

  test("with no JSON at all", async () => {
    vendor.answers({ status: 502, body: "<html>Bad gateway</html>" });
    expect(await failure(submit())).toMatchObject({ name: "ProviderFaultError", status: 502 });
    vendor.answers({ status: 200, body: "<html>Welcome</html>" });
    expect(await failure(submit())).toMatchObject({ name: "ProviderFaultError", status: 502 });
    vendor.answers({ broken: true });
    expect(await failure(submit())).toMatchObject({ name: "ProviderFaultError" });
  });

  test("by silence, it is not waited for", async () => {
    vendor.answers({ never: true });
    const image = requestOf("generate", { prompt: "x" });
    expect(await failure(submit(image, { timeoutSeconds: 0.2 }))).toMatchObject({
      name: "ProviderFaultError",
      status: 504,
    });
  });
});

test("a lost lease stops the call", async () => {
  vendor.answers({ never: true });
  const abort = new AbortController();
  const context = contextOf({}, { signal: abort.signal });
  const work = gemini().submit(requestOf("generate", { prompt: "x" }), context);
  const stopped = expect(work).rejects.toThrow("lease lost");
  await vi.waitFor(() => expect(vendor.asked).toHaveLength(1));
  abort.abort(new Error("lease lost"));
  await stopped;
});

test("what Gemini does not do is another's", async () => {
  expect(await failure(submit(requestOf("upscale", withSource)))).toMatchObject({
    name: "ProviderFaultError",
    status: 501,
  });
  await expect(gemini().parseCallback()).rejects.toMatchObject({ name: "CallbackInvalidError" });
});

describe("embeddings", () => {
  const values = (n: number) => ({ values: [3 * n, 4 * n, 0] });

  test("come in the order of their texts, at length one", async () => {
    vendor.answers(({ json }) => {
      const { requests } = json as { requests: { content: { parts: { text: string }[] } }[] };
      return { json: { embeddings: requests.map((_request, i) => values(i + 1)) } };
    });
    const texts = Array.from({ length: 150 }, (_, i) => `text ${i}`);
    const vectors = await embedTexts(config(), texts, { dimensions: 3, task: "RETRIEVAL_QUERY" });
    expect(vectors).toHaveLength(150);
    expect(vectors[149]?.map((value) => Math.round(value * 10) / 10)).toEqual([0.6, 0.8, 0]);
    expect(vendor.asked).toHaveLength(2);
    expect(vendor.asked[0]).toMatchObject({
      path: "/v1beta/models/gemini-embedding-001:batchEmbedContents",
      json: {
        requests: expect.arrayContaining([
          expect.objectContaining({ outputDimensionality: 3, taskType: "RETRIEVAL_QUERY" }),
        ]),
      },
    });
  });

  test.each([
    ["too few", [values(1)]],
    ["too short", [{ values: [1] }, { values: [1] }]],
    ["empty", [{ values: [0, 0, 0] }, { values: [0, 0, 0] }]],
  ])("that are %s make no sense", async (_what, embeddings) => {
    vendor.answers({ json: { embeddings } });
    const work = embedTexts(config(), ["a", "b"], { dimensions: 3 });
    expect(await failure(work)).toMatchObject({ name: "ProviderFaultError", status: 502 });
  });
});
