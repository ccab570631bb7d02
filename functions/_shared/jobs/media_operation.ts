import type { ImageTools } from "../providers/image_tools.ts";
import type { ProviderRegistry } from "../providers/registry.ts";
import type { Done, Failed, MediaRequest, Pending, Submitted } from "../providers/types.ts";
import {
  FinalError,
  NOT_AVAILABLE_WORDS,
  ProviderFaultError,
  RetryableError,
} from "../work_error.ts";
import type { JobContext, JobHandler, JobOutcome } from "./handler.ts";
import { mediaRequest } from "./media_request.ts";
import { storeResults } from "./media_results.ts";
import type { FetchPicture } from "./picture_url.ts";
import { callProvider, type Run } from "./provider_call.ts";
import { providerContext } from "./provider_context.ts";
import type { JobStore } from "./store.ts";
import { afterSetback, newOrder, type OrderState, orderOf, stillPending } from "./waiting_state.ts";

export interface MediaDependencies {
  providers: ProviderRegistry;
  images: ImageTools;
  store: Pick<JobStore, "route" | "recordUsage">;
  // How a picture is fetched from an address that a user named.
  fetchPicture?: FetchPicture;
}

// One piece of media work: order it, or look after the order of an earlier run, and store what
// came of it.
export function mediaOperation(dependencies: MediaDependencies): JobHandler {
  return async (context) => {
    const { job, files, signal } = context;
    const request = mediaRequest(
      job,
      files,
      dependencies.images,
      signal,
      dependencies.fetchPicture,
    );
    context.progress(5);
    const order = orderOf(job);
    return order
      ? await lookAfter(order, request, context, dependencies)
      : await findProvider(request, context, dependencies);
  };
}

// The database chooses who does it. A provider that fails is not asked again in this run; when
// nobody is left the job waits for one, and that is no fault of the job's.
async function findProvider(
  request: MediaRequest,
  context: JobContext,
  dependencies: MediaDependencies,
): Promise<JobOutcome> {
  const { providers, store } = dependencies;
  const failed: string[] = [];
  let fault: ProviderFaultError | undefined;
  for (;;) {
    context.signal.throwIfAborted();
    const routing = await store.route(context.job, providers.names, failed);
    if (routing.route === null) {
      if (fault) throw fault;
      return { kind: "later", seconds: routing.waitSeconds };
    }
    const { route } = routing;
    failed.push(route.id);
    const provider = providers.get(route.provider);
    if (!provider) continue;
    const run = { provider, route, request, context, store };
    try {
      return await placeOrder(run, dependencies);
    } catch (error) {
      if (!(error instanceof ProviderFaultError) || context.signal.aborted) throw error;
      context.log("warn", "provider_fault", { provider: route.provider, error });
      fault ??= error;
    }
  }
}

async function placeOrder(run: Run, dependencies: MediaDependencies): Promise<JobOutcome> {
  const { provider, route, request, context } = run;
  const startedAt = Date.now();
  const answer = await callProvider<Done | Submitted>(
    run,
    "submit",
    () => provider.submit(request, providerContext(run)),
    (given) =>
      given.kind === "done"
        ? { status: given.usage.status, billed: true, outcome: "ok", detail: given.usage.detail }
        : {
            status: 202,
            billed: false,
            outcome: "taken",
            detail: { external_id: given.externalId },
          },
  );
  if (answer.kind === "done") return await finish(run, dependencies, answer, startedAt);
  context.undo(() => provider.cancel(answer.externalId));
  return {
    kind: "wait",
    seconds: answer.pollAfterSeconds,
    state: newOrder(route, answer.externalId),
  };
}

async function lookAfter(
  order: OrderState,
  request: MediaRequest,
  context: JobContext,
  dependencies: MediaDependencies,
): Promise<JobOutcome> {
  const provider = dependencies.providers.get(order.provider);
  const route = { ...order.route, provider: order.provider };
  let failed: Failed["error"];
  try {
    if (!provider) {
      // During a deployment an old worker may meet a new provider's order.
      const cause = new Error(`This worker has no provider "${order.provider}".`);
      throw new RetryableError(NOT_AVAILABLE_WORDS, { cause });
    }
    const run = { provider, route, request, context, store: dependencies.store };
    const answer = await poll(run, order);
    if (answer.kind === "pending") {
      if (answer.progress !== undefined) context.progress(answer.progress);
      return { kind: "wait", seconds: answer.pollAfterSeconds, state: stillPending(order) };
    }
    if (answer.kind === "done") {
      return await finish(run, dependencies, answer, Date.parse(order.submitted_at));
    }
    failed = answer.error;
  } catch (error) {
    const retryAfter = error instanceof RetryableError ? error.retryAfterSeconds : undefined;
    const later = error instanceof FinalError ? undefined : afterSetback(order, retryAfter);
    if (!later || context.signal.aborted) throw error;
    context.log("warn", "order_setback", { external_id: order.external_id, error });
    return { kind: "wait", ...later };
  }
  throw failed;
}

function poll(run: Run, order: OrderState): Promise<Done | Pending | Failed> {
  const { provider, route, request } = run;
  const { external_id, submitted_at, callback } = order;
  const submittedAt = new Date(submitted_at);
  return callProvider<Done | Pending | Failed>(
    run,
    "poll",
    async () => {
      const state = { submittedAt, callback };
      const answer = await provider.poll(external_id, state, request, providerContext(run));
      const overdue = Date.now() - submittedAt.getTime() > route.timeoutSeconds * 1000;
      return answer.kind === "pending" && overdue ? await giveUp(run, order) : answer;
    },
    (given) => {
      const detail = { external_id, state: given.kind };
      if (given.kind === "done") {
        const { status, detail: more } = given.usage;
        return { status, billed: true, outcome: "ok", detail: { ...detail, ...more } };
      }
      if (given.kind === "pending") return { status: 202, billed: false, detail };
      const { error } = given;
      const outcome = error instanceof FinalError ? "ok" : "fault";
      return { status: error.status ?? 502, billed: false, outcome, detail, error };
    },
  );
}

async function giveUp({ provider, route, context }: Run, order: OrderState): Promise<Failed> {
  await provider.cancel(order.external_id).catch((error: unknown) => {
    context.log("warn", "order_not_cancelled", { external_id: order.external_id, error });
  });
  const cause = new Error(
    `${route.provider} took longer than ${route.timeoutSeconds} s for ${order.external_id}.`,
  );
  const words = "The provider took too long. We try again.";
  return { kind: "failed", error: new ProviderFaultError(words, { status: 504, cause }) };
}

async function finish(
  run: Run,
  { images }: MediaDependencies,
  done: Done,
  since: number,
): Promise<JobOutcome> {
  const { route, request, context } = run;
  context.signal.throwIfAborted();
  context.progress(75);
  const processingTime = Math.round((Date.now() - since) / 10) / 100;
  const files = await storeResults(done, request, images, context);
  return {
    kind: "complete",
    result: {
      files,
      provider: route.provider,
      model: route.model,
      processing_time: processingTime,
    },
    afterwards: done.discard,
  };
}
