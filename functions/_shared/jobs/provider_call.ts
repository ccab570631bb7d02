import type { MediaProvider, MediaRequest } from "../providers/types.ts";
import { redact, redactText } from "../redact.ts";
import { FinalError, RetryableError, UNREACHABLE_WORDS } from "../work_error.ts";
import type { JobContext } from "./handler.ts";
import type { JobStore } from "./store.ts";

export interface CallReport {
  status: number;
  // Whether this call is the one the provider bills: it carries the operation's name, under which
  // api_costs has the price. The others are `<operation>.submit` and `<operation>.poll`.
  billed: boolean;
  detail?: Record<string, unknown> | undefined;
  error?: FinalError | RetryableError | undefined;
}

interface Call {
  kind: "submit" | "poll";
  provider: MediaProvider;
  request: MediaRequest;
  context: Pick<JobContext, "job" | "signal" | "log">;
  recordUsage: JobStore["recordUsage"];
}

// Calls a provider and records the call, whatever becomes of it. An error without words for the
// user becomes a retryable one that has them.
export async function callProvider<T>(
  call: Call,
  ask: () => Promise<T>,
  report: (answer: T) => CallReport,
): Promise<T> {
  const startedAt = performance.now();
  try {
    const answer = await ask();
    await record(call, report(answer), startedAt);
    return answer;
  } catch (cause) {
    if (call.context.signal.aborted) throw cause;
    const error =
      cause instanceof FinalError || cause instanceof RetryableError
        ? cause
        : new RetryableError(UNREACHABLE_WORDS, { cause });
    const status = error.status ?? (error instanceof FinalError ? 422 : 503);
    await record(call, { status, billed: false, error }, startedAt);
    throw error;
  }
}

async function record(call: Call, report: CallReport, startedAt: number): Promise<void> {
  const { provider, request, context } = call;
  const { operation } = provider.cost(request);
  const { error } = report;
  try {
    await call.recordUsage({
      jobId: context.job.id,
      provider: provider.name,
      operation: report.billed ? operation : `${operation}.${call.kind}`,
      request: summary(request),
      response: redact(report.detail ?? {}),
      status: report.status,
      seconds: (performance.now() - startedAt) / 1000,
      error: error && redactText(error.userMessage),
    });
  } catch (failure) {
    // The log of the calls must not cost the user the work.
    context.log("error", "api_usage_not_recorded", { error: failure });
  }
}

// What was asked, without whose picture it was or where it lies.
function summary(request: MediaRequest): unknown {
  const { operation, factor, prompt, width, height, source } = request;
  return redact({ operation, factor, prompt, width, height, with_source: source !== undefined });
}
