import { describe, expect, test } from "vitest";
import { isPublicAddress } from "../../../functions/_shared/download/addresses.ts";
import { type DownloadOptions, download } from "../../../functions/_shared/download/download.ts";
import { failure, vendorServer } from "../providers/fakes/vendor.ts";

const vendor = vendorServer();

// A network in which names stand for what the test says.
function options(more: Partial<DownloadOptions> = {}): DownloadOptions {
  return {
    maxBytes: 100,
    timeoutMs: 5_000,
    signal: new AbortController().signal,
    resolve: async () => ["93.184.215.14"],
    ...more,
  };
}

// What a network of that name would answer, without any.
function network(answers: Record<string, () => Response>): {
  fetch: typeof fetch;
  asked: string[];
} {
  const asked: string[] = [];
  const fake = async (input: string | URL | Request) => {
    asked.push(String(input));
    return answers[String(input)]?.() ?? new Response(null, { status: 404 });
  };
  return { fetch: fake as typeof fetch, asked };
}

test.each([
  ["8.8.8.8", true],
  ["172.15.255.255", true],
  ["172.32.0.0", true],
  ["2606:4700::1111", true],
  ["0.0.0.0", false],
  ["10.1.2.3", false],
  ["100.64.0.1", false],
  ["127.0.0.1", false],
  ["169.254.169.254", false],
  ["172.16.0.1", false],
  ["172.31.255.255", false],
  ["192.168.1.1", false],
  ["198.19.0.1", false],
  ["224.0.0.1", false],
  ["255.255.255.255", false],
  ["::", false],
  ["::1", false],
  ["::ffff:10.0.0.1", false],
  ["::ffff:808:808", false],
  ["64:ff9b::a00:1", false],
  ["fe80::1", false],
  ["fd00::1", false],
  ["ff02::1", false],
  ["2001::1", false],
  ["2001:db8::1", false],
  ["2002:a00:1::", false],
  ["3fff:1::1", false],
  ["3fff:1000::1", true],
  ["not an address", false],
])("%s is public: %s", (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});

describe("not opened is", () => {
  test.each([
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
    "ftp://example.com/x",
    "http://example.com/x",
    "https://user:secret@example.com/x",
    "https://127.0.0.1/x",
    "https://0x7f.1/x",
    "https://2130706433/x",
    "https://[::1]/x",
    "https://[::ffff:10.0.0.1]/x",
    "https://localhost/x",
    "https://localhost./x",
    "https://db/x",
    "https://printer.local/x",
    "https://metadata.google.internal/x",
    "not a URL",
    "",
  ])("%s", async (url) => {
    const { fetch, asked } = network({});
    expect(await failure(download(url, options({ fetch })))).toMatchObject({
      name: "UrlNotAllowedError",
    });
    expect(asked).toEqual([]);
  });

  test("a name that stands for a private address, or for one among others", async () => {
    for (const addresses of [["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], []]) {
      const { fetch, asked } = network({});
      const work = download(
        "https://evil.test/x",
        options({ fetch, resolve: async () => addresses }),
      );
      expect(await failure(work)).toMatchObject({ name: "UrlNotAllowedError" });
      expect(asked).toEqual([]);
    }
  });

  test("a host that is not the provider's", async () => {
    const hosts = ["replicate.delivery"];
    const { fetch } = network({ "https://x.replicate.delivery/a": () => new Response("ok") });
    expect(
      await download("https://x.replicate.delivery/a", options({ fetch, hosts })),
    ).toHaveLength(2);
    for (const url of [
      "https://evilreplicate.delivery/a",
      "https://replicate.delivery.evil.test/a",
    ]) {
      const work = download(url, options({ fetch, hosts }));
      expect(await failure(work)).toMatchObject({ name: "UrlNotAllowedError" });
    }
  });

  test("a name that nobody lets us look up, unless it is the provider's", async () => {
    const { fetch } = network({ "https://cdn.test/a": () => new Response("ok") });
    const blind = { fetch, resolve: async () => undefined };
    expect(await failure(download("https://cdn.test/a", options(blind)))).toMatchObject({
      name: "UrlNotAllowedError",
    });
    const known = options({ ...blind, hosts: ["cdn.test"] });
    expect(await download("https://cdn.test/a", known)).toHaveLength(2);
    expect(await failure(download("https://127.0.0.1/a", known))).toMatchObject({
      name: "UrlNotAllowedError",
    });
  });

  test("where a redirect leads to, when it is private", async () => {
    const start = "https://cdn.test/a";
    const to = (location: string) => () =>
      new Response(null, { status: 302, headers: { location } });
    for (const location of [
      "http://169.254.169.254/",
      "https://10.0.0.1/",
      "/\\10.0.0.1/x",
      "file:///x",
    ]) {
      const { fetch, asked } = network({ [start]: to(location) });
      expect(await failure(download(start, options({ fetch })))).toMatchObject({
        name: expect.stringMatching(/UrlNotAllowedError/),
      });
      expect(asked).toEqual([start]);
    }
  });
});

test("a redirect to another public place is followed, but not for ever, and without the key", async () => {
  const seen: (string | null)[] = [];
  const fake = (async (input: string, init: RequestInit) => {
    seen.push(new Headers(init.headers).get("x-key"));
    const next = String(input).startsWith(vendor.url) ? "https://cdn.test/b" : undefined;
    return next
      ? new Response(null, { status: 302, headers: { location: next } })
      : new Response("bytes");
  }) as typeof fetch;
  const headers = { "x-key": "secret" };
  const trusted = { headers, trustedOrigins: [vendor.url], fetch: fake };
  expect(await download(`${vendor.url}/a`, options(trusted))).toHaveLength(5);
  expect(seen).toEqual(["secret", null]);

  const loop = network({
    "https://cdn.test/a": () =>
      new Response(null, { status: 301, headers: { location: "https://cdn.test/a" } }),
  });
  const work = download("https://cdn.test/a", options({ fetch: loop.fetch }));
  expect(await failure(work)).toMatchObject({ name: "UrlNotAllowedError" });
  expect(loop.asked).toHaveLength(6);
});

describe("a download ends", () => {
  const get = (more: Partial<DownloadOptions> = {}) =>
    download(`${vendor.url}/x`, options({ trustedOrigins: [vendor.url], ...more }));

  test("at its limit, whatever its length claims to be", async () => {
    vendor.answers({ body: "x".repeat(101) });
    expect(await failure(get())).toMatchObject({ name: "FinalError", status: 413 });
    vendor.answers({ body: "x".repeat(100) });
    expect(await get()).toHaveLength(100);
  });

  test("before it begins, when it says itself that it is too large", async () => {
    let read = 0;
    const endless = () =>
      new ReadableStream({
        pull(controller) {
          read += 1;
          controller.enqueue(new Uint8Array(10));
        },
      });
    const headers = { "content-length": "524288000" };
    const { fetch } = network({ "https://cdn.test/a": () => new Response(endless(), { headers }) });
    const work = download("https://cdn.test/a", options({ fetch }));
    expect(await failure(work)).toMatchObject({ name: "FinalError", status: 413 });
    expect(read).toBeLessThan(2);
  });

  test("with all of it, whatever its length claims to be", async () => {
    for (const length of ["1", "50", "100", "-1", "many"]) {
      const answer = () =>
        new Response("x".repeat(40) + "y".repeat(40), { headers: { "content-length": length } });
      const { fetch } = network({ "https://cdn.test/a": answer });
      const bytes = await download("https://cdn.test/a", options({ fetch }));
      expect(new TextDecoder().decode(bytes)).toMatch(/^x{40}y{40}$/);
    }
  });

  test("when it is empty", async () => {
    vendor.answers({ body: "" });
    expect(await failure(get())).toMatchObject({ name: "RetryableError", status: 502 });
  });

  test("when it does not come", async () => {
    vendor.answers({ never: true });
    expect(await failure(get({ timeoutMs: 100 }))).toMatchObject({ name: "ProviderFaultError" });
    vendor.answers({ broken: true });
    expect(await failure(get({ maxBytes: 10_000 }))).toMatchObject({ name: "ProviderFaultError" });
    vendor.answers({ status: 503 });
    expect(await failure(get())).toMatchObject({ name: "ProviderFaultError", status: 503 });
  });

  test("when it is gone", async () => {
    vendor.answers({ status: 410 });
    expect(await failure(get())).toMatchObject({ name: "RetryableError", status: 410 });
  });

  test("with the lease", async () => {
    const abort = new AbortController();
    abort.abort(new Error("lease lost"));
    await expect(get({ signal: abort.signal })).rejects.toThrow("lease lost");
  });
});
