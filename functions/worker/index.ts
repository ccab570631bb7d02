import { hasEdgeRuntime, inBackground } from "../_shared/background.ts";
import { readEnv, stripeEnv, supabaseEnv } from "../_shared/env.ts";
import { storageFiles } from "../_shared/files.ts";
import { Drain } from "../_shared/jobs/drain.ts";
import { workerEnv } from "../_shared/jobs/env.ts";
import { jobHandlers } from "../_shared/jobs/handlers.ts";
import { ringWorker } from "../_shared/jobs/ring_worker.ts";
import { runJob } from "../_shared/jobs/run_job.ts";
import { databaseJobStore } from "../_shared/jobs/store.ts";
import { logLine } from "../_shared/log.ts";
import { configuredProviders } from "../_shared/providers/configured.ts";
import { imageToolsHere } from "../_shared/providers/image_tools_here.ts";
import { createStripe } from "../_shared/stripe.ts";
import { createServiceClient } from "../_shared/supabase.ts";
import { workerHandler } from "./handler.ts";

const HOSTED_BUDGET_SECONDS = 120;
// Pictures take longer than rows.
const STORAGE_TIMEOUT_MS = 60_000;

const env = Deno.env.toObject();
const supabase = readEnv(supabaseEnv, env);
const { secret, concurrency, budgetSeconds } = readEnv(workerEnv, env);

const store = databaseJobStore(createServiceClient(supabase));
const files = storageFiles(createServiceClient(supabase, STORAGE_TIMEOUT_MS));
const images = await imageToolsHere(env);
const providers = configuredProviders({ env, supabaseUrl: supabase.url, images, files });
const { secretKey, apiBase } = readEnv(stripeEnv, env);
const handlers = jobHandlers(
  { providers, images, store },
  secretKey ? createStripe(secretKey, apiBase) : undefined,
);

const worker = `worker-${crypto.randomUUID().slice(0, 8)}`;
const types = [...handlers.keys()];
const budget = budgetSeconds ?? (hasEdgeRuntime() ? HOSTED_BUDGET_SECONDS : Infinity);

const drain = new Drain({
  claim: (limit) => store.claim(worker, limit, types, providers.names),
  run: (job) => runJob(job, { store, files, handlers, log: logLine }),
  concurrency,
  budgetMs: budget * 1000,
  ringAgain: secret ? () => ringWorker(supabase.url, secret) : undefined,
  log: logLine,
});

Deno.serve(workerHandler({ secret, ring: () => inBackground(drain.ring()) }));
