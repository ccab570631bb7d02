import { describe, expect, test } from "vitest";
import { ReplicateProvider } from "../../../functions/_shared/providers/replicate/provider.ts";
import { signWebhook } from "../../../functions/_shared/providers/webhook_signature.ts";
import { contextOf, failure, PNG, requestOf, vendorServer, withSource } from "./fakes/vendor.ts";

const vendor = vendorServer();
const SECRET = `whsec_${Buffer.from("a secret of this test").toString("base64")}`;
const WEBHOOK = "https://project.example/functions/v1/provider-webhook/replicate";
const state = { submittedAt: new Date() };
const route = { model: "nightmareai/real-esrgan" };
const upscale = requestOf("upscale", { factor: 4, ...withSource });

const replicate = (webhookUrl?: string) =>
  new ReplicateProvider({
    apiToken: "r8_token",
    baseUrl: `${vendor.url}/v1`,
    webhookSecret: SECRET,
    webhookUrl,
  });
const prediction = (more: object = {}) => ({
  id: "p1",
  status: "starting",
  output: null,
  error: null,
  ...more,
});
const answers = (more: object = {}) =>
  vendor.answers(({ path }) => {
    if (path === "/v1/files") return { status: 201, json: { urls: { get: "https://x.test/f" } } };
    if (path.startsWith("/out/")) return { body: PNG };
    return { json: prediction(more) };
  });
const poll = () => replicate().poll("p1", state, upscale, contextOf(route));

describe("an order", () => {
  test("is a prediction of the route's model, with the picture at Replicate", async () => {
    answers();
    expect(await replicate(WEBHOOK).submit(upscale, contextOf(route))).toEqual({
      kind: "submitted",
      externalId: "p1",
      pollAfterSeconds: 30,
    });
    const [upload, order] = vendor.asked;
    expect(upload).toMatchObject({ method: "POST", path: "/v1/files" });
    expect(upload?.text).toContain(Buffer.from(PNG).toString("latin1"));
    expect(order).toMatchObject({
      method: "POST",
      path: "/v1/models/nightmareai/real-esrgan/predictions",
      headers: { authorization: "Bearer r8_token" },
      json: {
        input: { image: "https://x.test/f", scale: 4 },
        webhook: WEBHOOK,
        webhook_events_filter: ["completed"],
      },
    });
  });

  test("of a version names it, in the model's own fields", async () => {
    answers();
    const video = requestOf("generate_video", { prompt: "a fox", seconds: 6, resolution: "720p" });
    const model = "maker/video:0123abcd";
    const settings = { fields: { seconds: "num_seconds", resolution: null }, input: { fps: 24 } };
    await replicate().submit(video, contextOf({ model, settings }));
    expect(vendor.asked).toMatchObject([{ path: "/v1/predictions" }]);
    expect(vendor.asked[0]?.json).toEqual({
      version: "0123abcd",
      input: { prompt: "a fox", num_seconds: 6, fps: 24 },
    });
  });

  test("of a staging is said in words", async () => {
    answers();
    const stage = requestOf("stage", { ...withSource, roomType: "bedroom", style: "coastal" });
    const settings = { fields: { source: "images[]" } };
    await replicate().submit(stage, contextOf({ model: "maker/edit", settings }));
    expect(vendor.asked[1]?.json).toMatchObject({ input: { images: ["https://x.test/f"] } });
    const input = JSON.stringify(vendor.asked[1]?.json);
    expect(input).toContain("furnished bedroom in coastal style");
  });

  test("is pending, then fetched", async () => {
    answers({ status: "processing" });
    expect(await poll()).toEqual({ kind: "pending", pollAfterSeconds: 4 });
    answers({
      status: "succeeded",
      output: `${vendor.url}/out/1.png`,
      metrics: { predict_time: 2 },
    });
    const done = await poll();
    if (done.kind !== "done") throw new Error(done.kind);
    expect(done.outputs.map(({ bytes }) => bytes)).toEqual([PNG]);
    expect(done.usage).toEqual({ status: 200, detail: { bytes: PNG.length, predict_time: 2 } });
    // The token goes to the API, not along with a result's address.
    expect(vendor.asked.at(-1)?.headers.authorization).toBeUndefined();
  });

  test.each([
    ["a list", (url: string) => [url, url]],
    ["an object", (url: string) => ({ mask: null, images: [url, url] })],
  ])("whose output is %s has all of it", async (_what, output) => {
    answers({ status: "succeeded", output: output(`${vendor.url}/out/1.png`) });
    const done = await poll();
    if (done.kind !== "done") throw new Error(done.kind);
    expect(done.outputs).toHaveLength(2);
  });

  test("whose outputs are too large together is not held in memory", async () => {
    const half = new Uint8Array(50 * 1024 * 1024 + 1);
    vendor.answers(({ path }) =>
      path.startsWith("/out/")
        ? { body: half }
        : {
            json: prediction({
              status: "succeeded",
              output: [`${vendor.url}/out/1.png`, `${vendor.url}/out/2.png`],
            }),
          },
    );
    expect(await failure(poll())).toMatchObject({ name: "FinalError", status: 413 });
  });

  test.each([
    ["Input or output was flagged as sensitive. (E005)", "FinalError"],
    ["NSFW content detected", "FinalError"],
    ["CUDA out of memory", "RetryableError"],
  ])("that failed with %s is a %s", async (error, name) => {
    answers({ status: "failed", error });
    const failed = await poll();
    if (failed.kind !== "failed") throw new Error(failed.kind);
    expect(failed.error.name).toBe(name);
    expect(failed.error.userMessage).not.toMatch(/CUDA|E005/);
  });

  test.each(["canceled", "aborted"])("that was %s starts over", async (status) => {
    answers({ status });
    expect(await poll()).toMatchObject({ kind: "failed", error: { name: "RetryableError" } });
  });

  test("whose output was removed meanwhile starts over", async () => {
    answers({ status: "succeeded", output: null, data_removed: true });
    expect(await failure(poll())).toMatchObject({ name: "RetryableError", status: 502 });
  });

  test("that is unknown there starts over", async () => {
    vendor.answers({ status: 404, json: { detail: "Not found" } });
    expect(await poll()).toMatchObject({ kind: "failed", error: { name: "RetryableError" } });
  });

  test("can be cancelled", async () => {
    vendor.answers({ json: prediction({ status: "canceled" }) });
    await replicate().cancel("p1");
    expect(vendor.asked).toMatchObject([{ method: "POST", path: "/v1/predictions/p1/cancel" }]);
  });

  test.each([
    "http://169.254.169.254/latest/meta-data",
    "https://127.0.0.1/x",
    "https://evil.test/x.png",
    "https://replicate.delivery.evil.test/x.png",
  ])("is not fetched from %s", async (output) => {
    answers({ status: "succeeded", output });
    expect(await failure(poll())).toMatchObject({ name: "UrlNotAllowedError" });
    expect(vendor.asked).toHaveLength(1);
  });
});

describe("when Replicate does not answer as it should", () => {
  const submit = () => replicate().submit(requestOf("generate", { prompt: "x" }), contextOf(route));

  test("an order is placed once, however the SDK would like to repeat it", async () => {
    for (const reply of [
      { status: 429, headers: { "retry-after": "20" }, json: { detail: "Throttled" } },
      { status: 503, body: "down" },
      { broken: true },
      { body: "<html>" },
    ]) {
      vendor.asked.splice(0);
      vendor.answers(reply);
      expect(await failure(submit())).toMatchObject({ name: "ProviderFaultError" });
      expect(vendor.asked).toHaveLength(1);
    }
  });

  test("its Retry-After is respected", async () => {
    vendor.answers({ status: 429, headers: { "retry-after": "20" }, json: {} });
    expect(await failure(submit())).toMatchObject({ status: 429, retryAfterSeconds: 20 });
    expect(await failure(poll())).toMatchObject({ status: 429, retryAfterSeconds: 20 });
  });

  test.each([
    [401, "ProviderFaultError"],
    [402, "ProviderFaultError"],
    [404, "ProviderFaultError"],
    [422, "FinalError"],
  ])("%i is a %s", async (status, name) => {
    vendor.answers({ status, json: { detail: "input.scale must be less than 10" } });
    expect(await failure(submit())).toMatchObject({ name, status });
  });

  test.each([{}, { id: "" }, { id: "p1" }, [], "p1"])("%j makes no sense", async (json) => {
    vendor.answers({ json });
    expect(await failure(submit())).toMatchObject({ name: "ProviderFaultError", status: 502 });
  });

  test("a status that is new makes no sense, and loses nothing", async () => {
    answers({ status: "thinking" });
    expect(await failure(poll())).toMatchObject({ name: "ProviderFaultError", status: 502 });
  });

  test("settings that make no sense are another route's chance", async () => {
    const settings = { fields: "all of them" };
    const work = replicate().submit(upscale, contextOf({ ...route, settings }));
    answers();
    expect(await failure(work)).toMatchObject({ name: "ProviderFaultError", status: 501 });
  });
});

describe("a callback", () => {
  const body = (more: object = {}) => JSON.stringify(prediction({ status: "succeeded", ...more }));
  const parse = (text: string, signed = text, at = new Date(), secret = SECRET) =>
    replicate().parseCallback({
      headers: new Headers(signWebhook(secret, "msg_1", at, signed)),
      body: new TextEncoder().encode(text),
    });

  test("names its order and its end, and nothing of its result is believed", async () => {
    expect(await parse(body({ output: "http://10.0.0.1/x" }))).toEqual({
      externalId: "p1",
      outcome: "succeeded",
      payload: { status: "succeeded" },
    });
    expect(await parse(body({ status: "failed" }))).toMatchObject({ outcome: "failed" });
    expect(await parse(body({ status: "processing" }))).toMatchObject({ outcome: "pending" });
  });

  test("with a bad signature is not read", async () => {
    const bad = { name: "SignatureInvalidError" };
    await expect(parse(body(), body({ id: "p2" }))).rejects.toMatchObject(bad);
    const other = `whsec_${Buffer.from("another").toString("base64")}`;
    await expect(parse(body(), body(), new Date(), other)).rejects.toMatchObject(bad);
    // An old one that somebody kept.
    const old = new Date(Date.now() - 10 * 60_000);
    await expect(parse(body(), body(), old)).rejects.toMatchObject(bad);
  });

  test("that is no prediction is refused", async () => {
    for (const text of ["[]", "{}", "not JSON", '{"id":"../x","status":"succeeded"}']) {
      await expect(parse(text)).rejects.toMatchObject({ name: "CallbackInvalidError" });
    }
  });

  test("is believed by nobody without the secret", async () => {
    const config = { apiToken: "t", baseUrl: vendor.url, webhookSecret: undefined };
    const work = new ReplicateProvider(config).parseCallback({
      headers: new Headers(),
      body: new Uint8Array(),
    });
    await expect(work).rejects.toMatchObject({ name: "CallbackSecretMissingError" });
  });
});
