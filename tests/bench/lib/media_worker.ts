import pg from "pg";
import type { Files } from "../../../functions/_shared/files.ts";
import { Drain } from "../../../functions/_shared/jobs/drain.ts";
import { workerEnv } from "../../../functions/_shared/jobs/env.ts";
import { jobHandlers } from "../../../functions/_shared/jobs/handlers.ts";
import { runJob } from "../../../functions/_shared/jobs/run_job.ts";
import { databaseJobStore } from "../../../functions/_shared/jobs/store.ts";
import type { Log } from "../../../functions/_shared/log.ts";
import type { ImageTools } from "../../../functions/_shared/providers/image_tools.ts";
import { ProviderRegistry } from "../../../functions/_shared/providers/registry.ts";
import type { MediaProvider } from "../../../functions/_shared/providers/types.ts";
import { noCallbacks } from "../../../functions/_shared/providers/vendor/not_offered.ts";
import { pgRpc } from "./pg_rpc.ts";

export const NOOP_PROVIDER = "noop";
/** Jobs at once in one worker: what the function does unless told otherwise. */
export const CONCURRENCY = workerEnv.parse({}).concurrency;

const BYTES = new Uint8Array(64);
const PICTURE = { bytes: BYTES, contentType: "image/png", width: 64, height: 64 };

// Answers at once.
const noop: MediaProvider = {
  name: NOOP_PROVIDER,
  submit: async () => ({ kind: "done", outputs: [PICTURE], usage: { status: 200 } }),
  poll: () => Promise.reject(new Error("There are no orders.")),
  cancel: () => Promise.resolve(),
  parseCallback: () => noCallbacks(NOOP_PROVIDER),
  cost: ({ operation }) => ({ operation, quantity: 1 }),
};

const picture = () => Promise.resolve(PICTURE);
const images: ImageTools = {
  inspect: picture,
  upscale: picture,
  removeBackground: picture,
  vectorize: picture,
  drawPoster: picture,
  drawClip: picture,
  stageRoom: picture,
  thumbnail: picture,
};

const files: Files = {
  download: () => Promise.resolve(BYTES),
  upload: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};

export type MediaWorker = { ring: () => Promise<void>; stop: () => Promise<void> };

/**
 * The worker function as it is, but for what lies outside of Postgres: its provider, its storage and
 * its image tools answer at once.
 */
export function mediaWorker(url: string, name: string, completed: () => void): MediaWorker {
  const pool = new pg.Pool({
    connectionString: url,
    // One more for the claim.
    max: CONCURRENCY + 1,
    options: "-c role=service_role",
  });
  const store = databaseJobStore(pgRpc(pool));
  const providers = new ProviderRegistry([noop]);
  const handlers = jobHandlers({ providers, images, store });
  const types = [...handlers.keys()];
  let problem: unknown;
  const log: Log = (level, event, fields) => {
    if (level !== "info") problem ??= new Error(`${event}: ${JSON.stringify(fields)}`);
  };
  const drain = new Drain({
    claim: (limit) => store.claim(name, limit, types, providers.names),
    run: async (job) => {
      const ending = await runJob(job, { store, files, handlers, log });
      if (ending === "completed") completed();
      else problem ??= new Error(`A job ended as ${ending}.`);
    },
    concurrency: CONCURRENCY,
    budgetMs: Infinity,
    log,
  });
  return {
    ring: async () => {
      await drain.ring();
      if (problem) throw problem;
    },
    stop: () => pool.end(),
  };
}
