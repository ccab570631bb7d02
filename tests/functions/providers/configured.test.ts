import { afterEach, expect, test, vi } from "vitest";
import { jobHandlers } from "../../../functions/_shared/jobs/handlers.ts";
import { configuredProviders } from "../../../functions/_shared/providers/configured.ts";
import { FakeFiles } from "../worker/fakes/files.ts";
import { fakeImages } from "../worker/fakes/images.ts";
import { FakeJobStore } from "../worker/fakes/job_store.ts";

afterEach(() => vi.restoreAllMocks());

function typesIn(env: Record<string, string>) {
  const supabaseUrl = env.SUPABASE_URL ?? "http://127.0.0.1:54321";
  const files = new FakeFiles();
  const providers = configuredProviders({ env, supabaseUrl, images: fakeImages, files });
  return [...jobHandlers({ providers, images: fakeImages, store: new FakeJobStore() }).keys()];
}

test("on a machine of one's own the worker claims every type", () => {
  expect(typesIn({})).toEqual([
    "storage.remove_files",
    "provider.cancel_order",
    "editor.upscale",
    "editor.background_removal",
    "editor.vectorize",
    "editor.generate",
    "video.generate",
    "video.image",
    "video.upscale",
    "video.background_removal",
    "stage:run",
  ]);
});

test("on hosted Supabase the local provider is refused, with one line, and its jobs stay queued", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  expect(typesIn({ SUPABASE_URL: "https://abc.supabase.co" })).toEqual(["storage.remove_files"]);
  expect(warn).toHaveBeenCalledTimes(1);
  expect(String(warn.mock.calls[0]?.[0])).toContain("local_provider_refused");
});

test("a mode that does not exist is named", () => {
  expect(() => typesIn({ LOCAL_PROVIDER_MODE: "later" })).toThrow(
    'LOCAL_PROVIDER_MODE is neither "sync" nor "async"',
  );
});

const KEYS = {
  GEMINI_API_KEY: "g",
  REPLICATE_API_TOKEN: "r",
  VECTORIZER_API_ID: "v",
  VECTORIZER_API_SECRET: "s",
  OPENAI_API_KEY: "o",
};

function namesIn(env: Record<string, string>) {
  const supabaseUrl = env.SUPABASE_URL ?? "http://127.0.0.1:54321";
  const files = new FakeFiles();
  return configuredProviders({ env, supabaseUrl, images: fakeImages, files }).names;
}

test("a provider is there when its key is", () => {
  expect(namesIn({})).toEqual(["local"]);
  expect(namesIn({ GEMINI_API_KEY: " ", OPENAI_API_KEY: "" })).toEqual(["local"]);
  expect(namesIn({ VECTORIZER_API_ID: "v" })).toEqual(["local"]);
  expect(namesIn(KEYS)).toEqual(["local", "gemini", "replicate", "vectorizer", "openai"]);
});

test("on hosted Supabase those with keys are there without the local one", () => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const env = { ...KEYS, SUPABASE_URL: "https://abc.supabase.co" };
  expect(namesIn(env)).toEqual(["gemini", "replicate", "vectorizer", "openai"]);
  expect(typesIn(env)).toContain("video.generate");
});

test.each([
  { GEMINI_API_KEY: "g", GEMINI_BASE_URL: "not a URL" },
  { ...KEYS, VECTORIZER_MODE: "cheap" },
])("%o is said to be wrong at once", (env) => {
  expect(() => namesIn(env)).toThrow(/Environment: (GEMINI_BASE_URL|VECTORIZER_MODE) is/);
});
