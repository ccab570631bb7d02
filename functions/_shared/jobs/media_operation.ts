import type { ImageTools } from "../providers/image_tools.ts";
import type { ProviderRegistry } from "../providers/registry.ts";
import type {
  Done,
  Failed,
  MediaProvider,
  MediaRequest,
  Pending,
  ProviderContext,
  Submitted,
} from "../providers/types.ts";
import { FinalError, RetryableError } from "../work_error.ts";
import type { JobContext, JobHandler, JobOutcome } from "./handler.ts";
import { mediaOrder } from "./media_request.ts";
import { storeResults } from "./media_results.ts";
import { callProvider } from "./provider_call.ts";
import type { JobStore } from "./store.ts";
import { afterSetback, newOrder, type OrderState, orderOf, stillPending } from "./waiting_state.ts";

export interface MediaDependencies {
  providers: ProviderRegistry;
  images: ImageTools;
  recordUsage: JobStore["recordUsage"];
}

interface Run {
  provider: MediaProvider;
  request: MediaRequest;
  context: JobContext;
  dependencies: MediaDependencies;
  startedAt: number;
}

// One operation on a picture: order it, or look after the order of an earlier run, and store what
// came of it.
export function mediaOperation(dependencies: MediaDependencies): JobHandler {
  return async (context) => {
    const { job, files, signal } = context;
    const startedAt = Date.now();
    const asked = mediaOrder(job, files, dependencies.images, signal);
    const provider = dependencies.providers.get(asked.provider);
    if (!provider) {
      // Retryable: during a deployment an old worker may meet a new provider's job.
      const cause = new Error(`This worker has no provider "${asked.provider}".`);
      throw new RetryableError("This service is not available at the moment.", { cause });
    }
    const run: Run = { provider, request: asked.request, context, dependencies, startedAt };
    context.progress(5);
    const order = orderOf(job, provider);
    return order ? await lookAfter(run, order) : await placeOrder(run);
  };
}

async function placeOrder(run: Run): Promise<JobOutcome> {
  const { provider, request, context } = run;
  const answer = await callProvider<Done | Submitted>(
    { ...run, kind: "submit", recordUsage: run.dependencies.recordUsage },
    () => provider.submit(request, providerContext(context)),
    (given) =>
      given.kind === "done"
        ? { status: given.usage.status, billed: true, detail: given.usage.detail }
        : { status: 202, billed: false, detail: { external_id: given.externalId } },
  );
  if (answer.kind === "done") return await finish(run, answer, run.startedAt);
  context.undo(() => provider.cancel(answer.externalId));
  return {
    kind: "wait",
    seconds: answer.pollAfterSeconds,
    state: newOrder(provider, answer.externalId),
  };
}

async function lookAfter(run: Run, order: OrderState): Promise<JobOutcome> {
  let failed: Failed["error"];
  try {
    const answer = await poll(run, order);
    if (answer.kind === "pending") {
      if (answer.progress !== undefined) run.context.progress(answer.progress);
      return { kind: "wait", seconds: answer.pollAfterSeconds, state: stillPending(order) };
    }
    if (answer.kind === "done") return await finish(run, answer, Date.parse(order.submitted_at));
    failed = answer.error;
  } catch (error) {
    const retryAfter = error instanceof RetryableError ? error.retryAfterSeconds : undefined;
    const later = error instanceof FinalError ? undefined : afterSetback(order, retryAfter);
    if (!later || run.context.signal.aborted) throw error;
    run.context.log("warn", "order_setback", { external_id: order.external_id, error });
    return { kind: "wait", ...later };
  }
  throw failed;
}

function poll(run: Run, order: OrderState): Promise<Done | Pending | Failed> {
  const { provider, request, context } = run;
  const { external_id, submitted_at, callback } = order;
  const state = { submittedAt: new Date(submitted_at), callback };
  return callProvider<Done | Pending | Failed>(
    { ...run, kind: "poll", recordUsage: run.dependencies.recordUsage },
    () => provider.poll(external_id, state, request, providerContext(context)),
    (given) => {
      const detail = { external_id, state: given.kind };
      if (given.kind === "done") {
        const { usage } = given;
        return { status: usage.status, billed: true, detail: { ...detail, ...usage.detail } };
      }
      if (given.kind === "pending") return { status: 202, billed: false, detail };
      return { status: given.error.status ?? 502, billed: false, detail, error: given.error };
    },
  );
}

async function finish(run: Run, done: Done, since: number): Promise<JobOutcome> {
  const { provider, request, context, dependencies } = run;
  context.signal.throwIfAborted();
  context.progress(75);
  const processingTime = Math.round((Date.now() - since) / 10) / 100;
  const files = await storeResults(done, request, dependencies.images, context);
  return {
    kind: "complete",
    result: { files, provider: provider.name, processing_time: processingTime },
    afterwards: done.discard,
  };
}

function providerContext({ job, signal, progress, files }: JobContext): ProviderContext {
  return {
    jobId: job.id,
    userId: job.user_id ?? "",
    subjectId: job.subject_id ?? job.id,
    attempt: job.attempts,
    maxAttempts: job.max_attempts,
    idempotencyKey: job.id,
    signal,
    // The last quarter belongs to storing.
    progress: (percent) => progress(5 + percent * 0.7),
    files,
  };
}
