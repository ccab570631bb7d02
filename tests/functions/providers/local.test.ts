import { describe, expect, test, vi } from "vitest";
import { LocalProviderHostedError } from "../../../functions/_shared/providers/errors.ts";
import { isHostedSupabase } from "../../../functions/_shared/providers/hosted.ts";
import { LocalProvider } from "../../../functions/_shared/providers/local.ts";
import type { LocalCallback } from "../../../functions/_shared/providers/local_callback.ts";
import type { MediaRequest, ProviderContext } from "../../../functions/_shared/providers/types.ts";
import { FakeFiles } from "../worker/fakes/files.ts";
import { fakeImages, noteOf, picture } from "../worker/fakes/images.ts";

function provider(options: Partial<ConstructorParameters<typeof LocalProvider>[0]> = {}) {
  return new LocalProvider({
    env: {},
    images: fakeImages,
    files: new FakeFiles(),
    mode: "sync",
    webhookSecret: "secret",
    sendCallback: async () => undefined,
    slowMs: 20,
    ...options,
  });
}

function context(more: Partial<ProviderContext> = {}): ProviderContext {
  return {
    route: { id: "route", provider: "local", model: "", timeoutSeconds: 600, settings: {} },
    jobId: "job",
    userId: "user",
    subjectId: "subject",
    attempt: 1,
    maxAttempts: 3,
    idempotencyKey: "job",
    signal: new AbortController().signal,
    progress: () => undefined,
    files: new FakeFiles(),
    ...more,
  };
}

const request: MediaRequest = {
  operation: "upscale",
  factor: 2,
  options: {},
  source: async () => ({
    bytes: picture(10, 20),
    contentType: "image/png",
    width: 10,
    height: 20,
  }),
};

describe("hosted Supabase", () => {
  test.each([
    { SUPABASE_URL: "https://abc.supabase.co" },
    { SUPABASE_URL: "http://127.0.0.1:54321", SB_REGION: "eu-central-1" },
    { SUPABASE_URL: "http://kong:8000", DENO_DEPLOYMENT_ID: "abc_1" },
  ])("%o: the local provider refuses to start", (env) => {
    expect(() => provider({ env })).toThrow(LocalProviderHostedError);
    expect(() => provider({ env })).toThrow(/2 s of CPU.*key of a provider/);
  });

  test.each([{}, { SUPABASE_URL: "http://127.0.0.1:54321" }, { SUPABASE_URL: "not a URL" }])(
    "%o is not it",
    (env) => expect(isHostedSupabase(env)).toBe(false),
  );
});

describe("in sync mode", () => {
  test("the answer is the result", async () => {
    const answer = await provider().submit(request, context());
    if (answer.kind !== "done") throw new Error(answer.kind);
    expect(noteOf(answer.outputs[0].bytes)).toBe("png 20x40 upscaled 2");
    expect(answer.usage.status).toBe(200);
  });

  test("an operation it does not know is refused for good", async () => {
    const asked = provider().submit({ ...request, operation: "animate" }, context());
    await expect(asked).rejects.toMatchObject({ name: "FinalError" });
  });

  test("slow work stops at once when the lease is lost", async () => {
    const abort = new AbortController();
    const slow = { ...request, options: { simulate: "slow" } };
    const asked = provider({ slowMs: 60_000 }).submit(slow, context({ signal: abort.signal }));
    abort.abort(new Error("lost"));
    await expect(asked).rejects.toThrow("lost");
  });
});

describe("in async mode", () => {
  test("the result waits in the user's folder until it is discarded", async () => {
    const files = new FakeFiles();
    const sent: LocalCallback[] = [];
    const local = provider({
      mode: "async",
      files,
      sendCallback: async (callback) => void sent.push(callback),
    });
    const answer = await local.submit(request, context());
    if (answer.kind !== "submitted") throw new Error(answer.kind);
    const { externalId } = answer;
    await vi.waitFor(() =>
      expect(sent).toEqual([{ external_id: externalId, status: "succeeded" }]),
    );
    expect(files.paths("")).toEqual([`results/user/subject/provider/${externalId}`]);

    const state = { submittedAt: new Date() };
    const found = await local.poll(externalId, state, request, context());
    if (found.kind !== "done") throw new Error(found.kind);
    expect(noteOf(found.outputs[0].bytes)).toBe("png 20x40 upscaled 2");
    await found.discard?.();
    expect(files.paths("")).toEqual([]);
  });

  test("a cancelled order neither ends nor calls back", async () => {
    const files = new FakeFiles();
    const sendCallback = vi.fn(async () => undefined);
    const local = provider({ mode: "async", files, sendCallback, slowMs: 60_000 });
    const slow = { ...request, options: { simulate: "slow" } };
    const answer = await local.submit(slow, context());
    if (answer.kind !== "submitted") throw new Error(answer.kind);
    await local.cancel(answer.externalId);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sendCallback).not.toHaveBeenCalled();
    expect(files.paths("")).toEqual([]);
  });

  test("a missing source is refused at once, not in the background", async () => {
    const broken = { ...request, source: () => Promise.reject(new Error("gone")) };
    await expect(provider({ mode: "async" }).submit(broken, context())).rejects.toThrow("gone");
  });
});
