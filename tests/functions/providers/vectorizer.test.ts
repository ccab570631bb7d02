import { describe, expect, test } from "vitest";
import { VectorizerProvider } from "../../../functions/_shared/providers/vectorizer/provider.ts";
import { contextOf, failure, PNG, requestOf, vendorServer, withSource } from "./fakes/vendor.ts";

const vendor = vendorServer();
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>';
const request = requestOf("vectorize", withSource);

const submit = (settings = {}, timeoutSeconds = 60) =>
  new VectorizerProvider({
    apiId: "vk",
    apiSecret: "secret",
    baseUrl: `${vendor.url}/api/v1`,
    mode: "test",
  }).submit(request, contextOf({ settings, timeoutSeconds }));
const refusal = (status: number, code: number) => ({
  status,
  json: { error: { status, code, message: "In their words" } },
});

test("a picture goes in, an SVG comes out", async () => {
  const headers = { "content-type": "image/svg+xml", "x-credits-charged": "0.2" };
  vendor.answers({ body: SVG, headers });
  const done = await submit({ "processing.max_colors": 8 });
  expect(Buffer.from(done.outputs[0].bytes).toString()).toBe(SVG);
  expect(done.usage).toEqual({ status: 200, detail: { bytes: SVG.length, credits: "0.2" } });
  const [asked] = vendor.asked;
  expect(asked).toMatchObject({
    method: "POST",
    path: "/api/v1/vectorize",
    headers: { authorization: `Basic ${btoa("vk:secret")}` },
  });
  expect(asked?.text).toContain(Buffer.from(PNG).toString("latin1"));
  for (const [name, value] of [
    ["mode", "test"],
    ["output.file_format", "svg"],
    ["processing.max_colors", "8"],
  ]) {
    expect(asked?.text).toContain(`name="${name}"\r\n\r\n${value}\r\n`);
  }
});

describe("a refusal", () => {
  test.each([
    [400, 1006, "FinalError", /could not be read/],
    [400, 1005, "FinalError", /could not work on this request/],
    [413, 1012, "FinalError", /too large/],
    [401, 1004, "ProviderFaultError", /not available/],
    [402, 1011, "ProviderFaultError", /not available/],
    [429, 1015, "ProviderFaultError", /busy/],
    [503, -3, "ProviderFaultError", /could not be reached/],
  ])("%i with the code %i is a %s", async (status, code, name, words) => {
    vendor.answers(refusal(status, code));
    const failed = await failure(submit());
    expect(failed).toMatchObject({ name, status });
    expect(failed.userMessage).toMatch(words);
    expect(failed.userMessage).not.toContain("In their words");
  });

  test("for a while is respected, also as a date", async () => {
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    vendor.answers({ ...refusal(429, 1015), headers: { "retry-after": inAMinute } });
    const { retryAfterSeconds = 0 } = await failure(submit());
    expect(retryAfterSeconds).toBeGreaterThan(55);
    expect(retryAfterSeconds).toBeLessThan(62);
  });
});

test.each([
  ["nothing", { body: "" }, 502],
  ["half of it", { broken: true }, 503],
  ["silence", { never: true }, 504],
])("%s is the provider's fault", async (_what, reply, status) => {
  vendor.answers(reply);
  expect(await failure(submit({}, 0.3))).toMatchObject({ name: "ProviderFaultError", status });
});

test("a result that never seems to end is not read to its end, nor ordered again", async () => {
  vendor.answers({ body: new Uint8Array(48 * 1024 * 1024 + 1) });
  expect(await failure(submit())).toMatchObject({ name: "FinalError", status: 413 });
});

test("it does nothing else", async () => {
  const provider = new VectorizerProvider({
    apiId: "vk",
    apiSecret: "secret",
    baseUrl: vendor.url,
    mode: "test",
  });
  const work = provider.submit(requestOf("upscale", withSource), contextOf());
  expect(await failure(work)).toMatchObject({ name: "ProviderFaultError", status: 501 });
  expect(vendor.asked).toEqual([]);
});
