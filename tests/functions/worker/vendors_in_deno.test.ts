import { describe, expect, test, vi } from "vitest";
import { signWebhook } from "../../../functions/_shared/providers/webhook_signature.ts";
import { PNG_BASE64, vendorServer } from "../providers/fakes/vendor.ts";
import { SOURCE } from "./fakes/bench.ts";
import { stack } from "./fakes/deno_stack.ts";
import type { FakeJob } from "./fakes/job_store.ts";

const vendor = vendorServer();
const PNG = Buffer.from(PNG_BASE64, "base64");
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>';
const VEO = "models/veo/operations/1";

// Every vendor at once, each below its own path.
function answer({ path, method }: { path: string; method: string }) {
  if (path.endsWith(":generateContent")) {
    const parts = [{ inlineData: { mimeType: "image/png", data: PNG_BASE64 } }];
    return { json: { candidates: [{ content: { parts } }] } };
  }
  if (path.endsWith(":predictLongRunning")) return { json: { name: VEO } };
  if (path === `/v1beta/${VEO}`) return { json: { name: VEO } };
  if (path === "/openai/images/generations") return { json: { data: [{ b64_json: PNG_BASE64 }] } };
  if (path === "/vectorizer/vectorize") return { body: SVG };
  if (path === "/replicate/files") return { json: { urls: { get: "https://x.test/f" } } };
  if (path.startsWith("/replicate/") && method === "POST") {
    return { json: { id: "p1", status: "starting" } };
  }
  if (path === "/replicate/predictions/p1") {
    return { json: { id: "p1", status: "succeeded", output: [`${vendor.url}/replicate/out.png`] } };
  }
  if (path === "/replicate/out.png") return { body: new Uint8Array(PNG) };
  return { status: 404 };
}

describe("in Deno, with keys", () => {
  test("the vendors' SDKs speak to the addresses that are configured", async () => {
    vendor.answers(answer);
    const { store, serve, ring } = await stack({
      GEMINI_API_KEY: "g",
      GEMINI_BASE_URL: vendor.url,
      REPLICATE_API_TOKEN: "r",
      REPLICATE_BASE_URL: `${vendor.url}/replicate`,
      VECTORIZER_API_ID: "v",
      VECTORIZER_API_SECRET: "s",
      VECTORIZER_BASE_URL: `${vendor.url}/vectorizer`,
      OPENAI_API_KEY: "o",
      OPENAI_BASE_URL: `${vendor.url}/openai`,
    });
    store.routes = ["gemini", "replicate", "vectorizer", "openai"];
    store.models = { replicate: "maker/model" };
    const worker = await serve("worker");
    const generate = { operation: "generate", prompt: "a fox", width: 64, height: 64 };
    const jobs: FakeJob[] = [
      store.add("editor.generate", { ...generate, provider: "gemini" }),
      store.add("editor.generate", { ...generate, provider: "openai" }),
      store.add("editor.vectorize", {
        operation: "vectorize",
        source: SOURCE,
        provider: "vectorizer",
      }),
      store.add("editor.upscale", { operation: "upscale", source: SOURCE, provider: "replicate" }),
      store.add("video.generate", { operation: "generate_video", prompt: "x", provider: "gemini" }),
    ];
    await ring();
    await vi.waitFor(
      async () => {
        for (const job of jobs) if (job.status === "waiting") store.makeRunnable(job.id);
        await ring();
        const ends = jobs.map(({ status, error }) => error ?? status);
        expect(ends.slice(0, 4), worker.output()).toEqual(Array(4).fill("completed"));
        expect(jobs[4]?.state, worker.output()).toMatchObject({ external_id: VEO });
      },
      { timeout: 40_000, interval: 500 },
    );
    expect(jobs.slice(0, 4).map((job) => job.result?.provider)).toEqual([
      "gemini",
      "openai",
      "vectorizer",
      "replicate",
    ]);
    const outcomes = store.usage.filter(({ outcome }) => outcome === "fault");
    expect(outcomes, worker.output()).toEqual([]);
  }, 90_000);

  test("a callback of Replicate's wakes its job, once its signature is right", async () => {
    vendor.answers(answer);
    const secret = `whsec_${Buffer.from("a secret of this test").toString("base64")}`;
    const { store, gateway, serve, ring } = await stack({
      REPLICATE_API_TOKEN: "r",
      REPLICATE_BASE_URL: `${vendor.url}/replicate`,
      REPLICATE_WEBHOOK_SECRET: secret,
    });
    store.routes = ["replicate"];
    store.models = { replicate: "maker/model" };
    const worker = await serve("worker");
    const webhook = await serve("provider-webhook");
    const job = store.add("editor.upscale", { operation: "upscale", source: SOURCE });
    await ring();
    await vi.waitFor(() => expect(job.status, worker.output()).toBe("waiting"), {
      timeout: 25_000,
      interval: 100,
    });
    const call = async (key: string) => {
      const body = JSON.stringify({ id: "p1", status: "succeeded", output: null });
      const response = await fetch(`${gateway.url}/functions/v1/provider-webhook/replicate`, {
        method: "POST",
        headers: signWebhook(key, "msg_1", new Date(), body),
        body,
      });
      return `${response.status} ${await response.text()}`;
    };
    const forged = await call(`whsec_${Buffer.from("another").toString("base64")}`);
    expect(forged, webhook.output()).toContain("401");
    expect(job.state).not.toHaveProperty("callback");
    expect(await call(secret), webhook.output()).toBe('200 {"outcome":"woken"}');
    await ring();
    await vi.waitFor(() => expect(job.status, worker.output()).toBe("completed"), {
      timeout: 25_000,
      interval: 100,
    });
    // Twice, and late.
    expect(await call(secret)).toBe('200 {"outcome":"already_ended"}');
    expect(job.endings).toBe(1);
  }, 90_000);

  test("a preview clip and a staged photo are made without any", async () => {
    const { store, serve, ring } = await stack();
    const worker = await serve("worker");
    const clip = store.add("video.generate", {
      operation: "generate_video",
      prompt: "a fox",
      seconds: 1,
    });
    const staged = store.add("stage:run", { operation: "stage", source: SOURCE, style: "modern" });
    await ring();
    await vi.waitFor(
      () => {
        expect([clip.status, staged.status], worker.output()).toEqual(["completed", "completed"]);
      },
      { timeout: 40_000, interval: 200 },
    );
    expect(clip.result).toMatchObject({
      files: [
        { kind: "video", content_type: "video/webm", width: 480, height: 270, seconds: 1 },
        { kind: "poster", content_type: "image/webp", width: 480, height: 270 },
        { kind: "preview", content_type: "image/webp" },
        { kind: "thumbnail", content_type: "image/webp" },
      ],
    });
    expect(staged.result).toMatchObject({ files: [{ kind: "processed", width: 64 }, {}] });
  }, 90_000);
});
