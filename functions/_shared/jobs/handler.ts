import type { Files } from "../files.ts";
import type { Log } from "../log.ts";
import type { Job } from "./job.ts";

export interface JobContext {
  job: Job;
  // Aborted when the lease is lost: whatever is done after that counts for nothing.
  signal: AbortSignal;
  progress(percent: number): void;
  files: Files;
  // Called, last first, when this run did not count: what it left outside Postgres must go.
  undo(step: () => Promise<void>): void;
  log: Log;
}

export type JobOutcome =
  | {
      kind: "complete";
      result: Record<string, unknown>;
      // Once the result is stored. Its failure changes nothing.
      afterwards?: (() => Promise<void>) | undefined;
    }
  // Nobody can take the work now: queued again, without an attempt.
  | { kind: "later"; seconds: number }
  // Someone else works on; `state` names the order: {"provider", "external_id", …}.
  | { kind: "wait"; seconds: number; state: WaitState };

export type WaitState = Record<string, unknown> & { provider: string; external_id: string };

// Throws FinalError or RetryableError with words for the user; anything else is retryable.
export type JobHandler = (context: JobContext) => Promise<JobOutcome>;

export type JobHandlers = ReadonlyMap<string, JobHandler>;
