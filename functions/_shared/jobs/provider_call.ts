import type { MediaProvider, MediaRequest, Route } from "../providers/types.ts";
import { RefusalError } from "../providers/vendor/refusal.ts";
import { redact, redactText } from "../redact.ts";
import {
  FinalError,
  ProviderFaultError,
  RetryableError,
  UNREACHABLE_WORDS,
} from "../work_error.ts";
import type { JobContext } from "./handler.ts";
import type { JobStore, UsageRecord } from "./store.ts";

// One job at one provider.
export interface Run {
  provider: MediaProvider;
  route: Route;
  request: MediaRequest;
  context: JobContext;
  store: Pick<JobStore, "recordUsage">;
}

export interface CallReport {
  status: number;
  // Whether this call is the one the provider bills: it carries the operation's name, under which
  // api_costs has the price. The others are `<operation>.submit` and `<operation>.poll`.
  billed: boolean;
  // What it says about the provider's health; nothing when it says nothing.
  outcome?: UsageRecord["outcome"];
  detail?: Record<string, unknown> | undefined;
  error?: FinalError | RetryableError | undefined;
}

// Calls a provider and records the call, whatever becomes of it. An error without words for the
// user becomes a retryable one that has them.
export async function callProvider<T>(
  run: Run,
  kind: "submit" | "poll",
  ask: () => Promise<T>,
  report: (answer: T) => CallReport,
): Promise<T> {
  const startedAt = performance.now();
  try {
    const answer = await ask();
    await record(run, kind, report(answer), startedAt);
    return answer;
  } catch (cause) {
    if (run.context.signal.aborted) throw cause;
    const error =
      cause instanceof FinalError || cause instanceof RetryableError
        ? cause
        : new RetryableError(UNREACHABLE_WORDS, { cause });
    await record(run, kind, { ...reportOf(error), billed: false, error }, startedAt);
    throw error;
  }
}

// A refusal of the provider's own shows it in good health. What it had no part in (a picture that
// is gone, our storage) shows nothing.
function reportOf(error: FinalError | RetryableError): Pick<CallReport, "status" | "outcome"> {
  if (error instanceof ProviderFaultError) return { status: error.status ?? 503, outcome: "fault" };
  if (error instanceof RetryableError) return { status: error.status ?? 503 };
  return error.status ? { status: error.status, outcome: "ok" } : { status: 422 };
}

async function record(
  { provider, route, request, context, store }: Run,
  kind: "submit" | "poll",
  { status, billed, outcome, detail, error }: CallReport,
  startedAt: number,
): Promise<void> {
  const { operation, quantity } = provider.cost(request, route);
  try {
    await store.recordUsage({
      jobId: context.job.id,
      provider: provider.name,
      model: route.model || undefined,
      operation: billed ? operation : `${operation}.${kind}`,
      quantity: billed ? quantity : undefined,
      outcome,
      retryAfterSeconds: error instanceof RetryableError ? error.retryAfterSeconds : undefined,
      request: summary(request),
      response: redact({ ...detail, ...refusalOf(error) }),
      status,
      seconds: (performance.now() - startedAt) / 1000,
      error: error && redactText(error.userMessage),
    });
  } catch (failure) {
    // The log of the calls must not cost the user the work.
    context.log("error", "api_usage_not_recorded", { error: failure });
  }
}

// What a vendor said when it refused, for operators; secrets are out of it already.
function refusalOf(error: CallReport["error"]): { refusal: string } | undefined {
  return error?.cause instanceof RefusalError ? { refusal: error.cause.message } : undefined;
}

// What was asked, without whose picture it was or where it lies, and of a user's own words only how
// many they are: names and addresses stand in them.
function summary({
  source,
  reference,
  prompt,
  negativePrompt,
  options: _options,
  ...asked
}: MediaRequest): unknown {
  return redact({
    ...asked,
    ...(prompt !== undefined && { prompt_length: prompt.length }),
    ...(negativePrompt !== undefined && { negative_prompt_length: negativePrompt.length }),
    with_source: source !== undefined,
    ...(reference && { with_reference: true }),
  });
}
