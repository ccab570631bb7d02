import { describe, expect, test } from "vitest";
import { OpenAiProvider } from "../../../functions/_shared/providers/openai/provider.ts";
import {
  contextOf,
  failure,
  PNG,
  PNG_BASE64,
  requestOf,
  vendorServer,
  withSource,
} from "./fakes/vendor.ts";

const vendor = vendorServer();
const openAi = () => new OpenAiProvider({ apiKey: "sk-test", baseUrl: `${vendor.url}/v1` });
const submit = (request = requestOf("generate", { prompt: "a fox" }), route = {}) =>
  openAi().submit(request, contextOf(route));
const refusal = (status: number, code: string | null, type = "invalid_request_error") => ({
  status,
  json: { error: { message: "In their words", type, param: null, code } },
});

describe("a picture", () => {
  test("is made from words", async () => {
    vendor.answers({ json: { created: 1, data: [{ b64_json: PNG_BASE64 }] } });
    const request = requestOf("generate", { prompt: "a fox", width: 1600, height: 900 });
    const done = await submit(request, { settings: { input: { quality: "low" } } });
    expect(done.outputs[0].bytes).toEqual(PNG);
    expect(vendor.asked).toMatchObject([
      {
        method: "POST",
        path: "/v1/images/generations",
        headers: { authorization: "Bearer sk-test", "idempotency-key": "job-1" },
        json: { model: "gpt-image-1", prompt: "a fox", n: 1, size: "1536x1024", quality: "low" },
      },
    ]);
  });

  test("of another server may have an address there", async () => {
    vendor.answers(({ path }) =>
      path === "/img.png" ? { body: PNG } : { json: { data: [{ url: `${vendor.url}/img.png` }] } },
    );
    const route = { model: "flux", settings: { sizes: ["512x512", "1024x1024"] } };
    const request = requestOf("generate", { prompt: "a fox", width: 500, height: 500 });
    const done = await submit(request, route);
    expect(done.outputs[0].bytes).toEqual(PNG);
    expect(vendor.asked[0]?.json).toMatchObject({ model: "flux", size: "512x512" });
    expect(vendor.asked[1]?.headers.authorization).toBeUndefined();
  });

  test.each(["http://127.0.0.1:1/x.png", "https://10.1.2.3/x.png", "https://localhost/x.png"])(
    "is not fetched from %s",
    async (url) => {
      vendor.answers({ json: { data: [{ url }] } });
      expect(await failure(submit())).toMatchObject({ name: "UrlNotAllowedError" });
    },
  );
});

describe("a refusal", () => {
  test.each([
    [400, "moderation_blocked", "FinalError", /rules do not allow/],
    [400, "content_policy_violation", "FinalError", /rules do not allow/],
    [400, "invalid_value", "FinalError", /could not work on this request/],
    [401, "invalid_api_key", "ProviderFaultError", /not available/],
    [403, null, "ProviderFaultError", /not available/],
    [404, "model_not_found", "ProviderFaultError", /not available/],
    [429, "insufficient_quota", "ProviderFaultError", /busy/],
    [500, null, "ProviderFaultError", /could not be reached/],
  ])("%i %s is a %s", async (status, code, name, words) => {
    vendor.answers(refusal(status, code));
    const failed = await failure(submit());
    expect(failed).toMatchObject({ name, status });
    expect(failed.userMessage).toMatch(words);
    expect(vendor.asked).toHaveLength(1);
  });

  test("for a while is respected", async () => {
    vendor.answers({ ...refusal(429, "rate_limit_exceeded"), headers: { "retry-after": "7" } });
    expect(await failure(submit())).toMatchObject({ retryAfterSeconds: 7 });
    vendor.answers({ ...refusal(429, null), headers: { "retry-after-ms": "1500" } });
    expect(await failure(submit())).toMatchObject({ retryAfterSeconds: 2 });
  });
});

test.each([
  ["no picture", { json: { data: [] } }],
  ["neither bytes nor an address", { json: { data: [{}] } }],
  ["nothing that is base64", { json: { data: [{ b64_json: "" }] } }],
  ["no JSON", { body: "<html>", headers: { "content-type": "text/html" } }],
])("an answer with %s makes no sense", async (_what, reply) => {
  vendor.answers(reply);
  expect(await failure(submit())).toMatchObject({ name: "ProviderFaultError", status: 502 });
});

test("silence is not waited for", async () => {
  vendor.answers({ never: true });
  const request = requestOf("generate", { prompt: "x" });
  expect(await failure(submit(request, { timeoutSeconds: 0.2 }))).toMatchObject({ status: 504 });
});

test("it does nothing else", async () => {
  expect(await failure(submit(requestOf("upscale", withSource)))).toMatchObject({ status: 501 });
  expect(vendor.asked).toEqual([]);
});
