import { inBackground } from "../background.ts";
import type { Files } from "../files.ts";
import { logLine } from "../log.ts";
import { FinalError, RetryableError, UNREACHABLE_WORDS } from "../work_error.ts";
import { LocalProviderHostedError } from "./errors.ts";
import { isHostedSupabase } from "./hosted.ts";
import type { ImageTools } from "./image_tools.ts";
import { localCallbacks, type SendCallback, storedCallback } from "./local_callback.ts";
import { contentTypeOf, LocalOrders } from "./local_orders.ts";
import { doLocalWork, simulation } from "./local_work.ts";
import type {
  Callback,
  CallbackRequest,
  Done,
  Failed,
  MediaProvider,
  MediaRequest,
  Pending,
  ProviderContext,
  Submitted,
  WaitingState,
} from "./types.ts";

export interface LocalProviderOptions {
  env: Record<string, string | undefined>;
  images: ImageTools;
  files: Files;
  mode: "sync" | "async";
  webhookSecret: string | undefined;
  sendCallback: SendCallback;
  now?: () => number;
  slowMs?: number;
  pollAfterSeconds?: number;
}

const SLOW_MS = 4_000;
const POLL_AFTER_SECONDS = 5;
// An order that this process does not know and that left no result is given this long: it may be
// at work in another process. Then it is lost with the process that had it.
const LOST_AFTER_MS = 45_000;

// Real image work in this process, with the manners of a remote provider.
export class LocalProvider implements MediaProvider {
  readonly name = "local";
  readonly #options: LocalProviderOptions;
  readonly #orders: LocalOrders;

  constructor(options: LocalProviderOptions) {
    if (isHostedSupabase(options.env)) throw new LocalProviderHostedError();
    this.#options = options;
    this.#orders = new LocalOrders(options.files);
  }

  async submit(request: MediaRequest, context: ProviderContext): Promise<Done | Submitted> {
    if (this.#options.mode === "sync") {
      const picture = await doLocalWork(this.#options.images, request, {
        ...this.#work(context),
        signal: context.signal,
        progress: context.progress,
      });
      return done(picture, request);
    }
    // Read before the answer: the order outlives the attempt that placed it.
    const source = await request.source?.();
    const externalId = `local_${crypto.randomUUID()}`;
    const signal = this.#orders.begin(externalId);
    const order = source ? { ...request, source: () => Promise.resolve(source) } : request;
    inBackground(this.#fulfil(externalId, order, context, signal));
    return { kind: "submitted", externalId, pollAfterSeconds: this.#pollAfterSeconds };
  }

  async poll(
    externalId: string,
    state: WaitingState,
    request: MediaRequest,
    context: ProviderContext,
  ): Promise<Done | Pending | Failed> {
    const failure = this.#orders.takeFailure(externalId) ?? failureOf(state.callback);
    if (failure) return { kind: "failed", error: failure };

    const progress = this.#orders.progress(externalId);
    if (progress !== undefined) {
      return { kind: "pending", pollAfterSeconds: this.#pollAfterSeconds, progress };
    }
    const bytes = await this.#orders.result(externalId, context, context.signal);
    if (bytes) {
      const contentType =
        contentTypeOf(request) ?? (await this.#options.images.inspect(bytes)).contentType;
      const discard = () => this.#orders.forget(externalId, context);
      return { ...done({ bytes, contentType }, request), discard };
    }
    if (this.#now() - state.submittedAt.getTime() < LOST_AFTER_MS) {
      return { kind: "pending", pollAfterSeconds: this.#pollAfterSeconds };
    }
    const cause = new Error(`The order ${externalId} was lost with the process that had it.`);
    return { kind: "failed", error: new RetryableError(UNREACHABLE_WORDS, { status: 503, cause }) };
  }

  cancel(externalId: string): Promise<void> {
    this.#orders.abort(externalId);
    return Promise.resolve();
  }

  parseCallback(request: CallbackRequest): Promise<Callback> {
    return localCallbacks(this.#options.webhookSecret).parseCallback(request);
  }

  cost(request: MediaRequest): { operation: string; quantity: number } {
    return { operation: request.operation, quantity: 1 };
  }

  async #fulfil(
    externalId: string,
    request: MediaRequest,
    context: ProviderContext,
    signal: AbortSignal,
  ): Promise<void> {
    let error: Failed["error"] | undefined;
    try {
      // Lets the job go to rest before a quick result calls back.
      await new Promise((resolve) => setTimeout(resolve, 0));
      const picture = await doLocalWork(this.#options.images, request, {
        ...this.#work(context),
        signal,
        progress: (percent) => this.#orders.report(externalId, percent),
      });
      await this.#orders.succeed(externalId, context, picture);
    } catch (cause) {
      if (signal.aborted) return;
      logLine("warn", "local_order_failed", { external_id: externalId, error: cause });
      error =
        cause instanceof FinalError || cause instanceof RetryableError
          ? cause
          : new RetryableError(UNREACHABLE_WORDS, { status: 500, cause });
      this.#orders.fail(externalId, error);
    }
    if (simulation(request) === "no_callback") return;
    await this.#options.sendCallback(
      error
        ? {
            external_id: externalId,
            status: "failed",
            error: {
              message: error.userMessage.slice(0, 500),
              retryable: error instanceof RetryableError,
            },
          }
        : { external_id: externalId, status: "succeeded" },
    );
  }

  #work(context: ProviderContext) {
    return { attempt: context.attempt, slowMs: this.#options.slowMs ?? SLOW_MS };
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  get #pollAfterSeconds(): number {
    return this.#options.pollAfterSeconds ?? POLL_AFTER_SECONDS;
  }
}

function done(output: { bytes: Uint8Array; contentType: string }, request: MediaRequest): Done {
  const { bytes, contentType } = output;
  return {
    kind: "done",
    outputs: [{ bytes, contentType }],
    usage: { status: 200, detail: { operation: request.operation, bytes: bytes.byteLength } },
  };
}

function failureOf(callback: WaitingState["callback"]): Failed["error"] | undefined {
  const { data } = storedCallback.safeParse(callback);
  if (data?.status !== "failed") return undefined;
  const words = data.error?.message ?? "The provider could not do this.";
  return data.error?.retryable
    ? new RetryableError(words, { status: 503 })
    : new FinalError(words, { status: 422 });
}
