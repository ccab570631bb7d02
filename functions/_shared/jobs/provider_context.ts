import type { ProviderContext } from "../providers/types.ts";
import type { Run } from "./provider_call.ts";

// What a provider is told of the job it works for.
export function providerContext({ context, route }: Run): ProviderContext {
  const { job, signal, progress, files } = context;
  return {
    route,
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
