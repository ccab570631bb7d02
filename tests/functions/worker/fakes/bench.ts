import { jobHandlers } from "../../../../functions/_shared/jobs/handlers.ts";
import type { FetchPicture } from "../../../../functions/_shared/jobs/picture_url.ts";
import { type RunEnding, runJob } from "../../../../functions/_shared/jobs/run_job.ts";
import type { Log } from "../../../../functions/_shared/log.ts";
import type { ImageTools } from "../../../../functions/_shared/providers/image_tools.ts";
import { LocalProvider } from "../../../../functions/_shared/providers/local.ts";
import {
  callbackSender,
  type SendCallback,
} from "../../../../functions/_shared/providers/local_callback.ts";
import { ProviderRegistry } from "../../../../functions/_shared/providers/registry.ts";
import type { MediaProvider } from "../../../../functions/_shared/providers/types.ts";
import { FakeFiles } from "./files.ts";
import { fakeImages, picture } from "./images.ts";
import { type FakeJob, FakeJobStore, OWNER } from "./job_store.ts";

export const SOURCE = { bucket: "uploads", path: `${OWNER}/cat.png` };
export const CALLBACK_SECRET = "a secret of this test";

export interface BenchOptions {
  mode?: "sync" | "async";
  provider?: MediaProvider;
  providers?: MediaProvider[];
  images?: Partial<ImageTools>;
  sendCallback?: SendCallback;
  // Receives the local provider's callbacks as the network would carry them.
  deliver?: typeof fetch;
  now?: () => number;
  slowMs?: number;
  fetchPicture?: FetchPicture;
}

// A worker with a database, a storage and a provider in memory.
export function bench(options: BenchOptions = {}) {
  const store = new FakeJobStore();
  const files = new FakeFiles();
  files.put(SOURCE.bucket, SOURCE.path, picture(10, 20));
  const images = { ...fakeImages, ...options.images };
  const lines: { level: string; event: string; fields: Record<string, unknown> }[] = [];
  const log: Log = (level, event, fields = {}) => lines.push({ level, event, fields });
  const newProvider = () =>
    new LocalProvider({
      env: {},
      images,
      files,
      mode: options.mode ?? "sync",
      webhookSecret: CALLBACK_SECRET,
      sendCallback:
        options.sendCallback ??
        callbackSender({
          url: "http://gateway.test/functions/v1/provider-webhook/local",
          secret: CALLBACK_SECRET,
          fetch: options.deliver ?? (async () => new Response(null, { status: 200 })),
          retryAfterMs: [],
        }),
      slowMs: options.slowMs ?? 40,
      ...(options.now && { now: options.now }),
    });
  // A process of its own: what it holds in memory is not known to another one.
  const newProcess = () => {
    const providers = new ProviderRegistry(
      options.providers ?? [options.provider ?? newProvider()],
    );
    const handlers = jobHandlers({
      providers,
      images,
      store,
      ...(options.fetchPicture && { fetchPicture: options.fetchPicture }),
    });
    const types = [...handlers.keys()];
    return {
      claim: (limit: number) => store.claim("test", limit, types, providers.names),
      async runNext(): Promise<RunEnding | undefined> {
        const [job] = await store.claim("test", 1, types, providers.names);
        return job && (await runJob(job, { store, files, handlers, log }));
      },
      run: (job: Parameters<typeof runJob>[0]) => runJob(job, { store, files, handlers, log }),
    };
  };
  return { store, files, images, lines, log, newProcess, ...newProcess() };
}

export type Bench = ReturnType<typeof bench>;

export function upscaleJob(store: FakeJobStore, more: Record<string, unknown> = {}): FakeJob {
  return store.add("editor.upscale", {
    operation: "upscale",
    factor: 4,
    source: SOURCE,
    ...more,
  });
}
