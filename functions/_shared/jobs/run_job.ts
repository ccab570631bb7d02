import type { Files } from "../files.ts";
import type { Log } from "../log.ts";
import {
  FinalError,
  GIVEN_UP_WORDS,
  OUR_FAULT_WORDS,
  ProviderFaultError,
  RetryableError,
} from "../work_error.ts";
import { isLeaseLost, isPassing } from "./database_answers.ts";
import type { JobContext, JobHandlers, JobOutcome } from "./handler.ts";
import type { Job, JobRow } from "./job.ts";
import { Lease } from "./lease.ts";
import { persist } from "./persist.ts";
import type { JobStore } from "./store.ts";
import { undoAll } from "./undo.ts";

export interface RunDependencies {
  store: JobStore;
  files: Files;
  handlers: JobHandlers;
  log: Log;
}

export type RunEnding = "completed" | "waiting" | "later" | "failed" | "lost";

const MAX_RETRY_AFTER_SECONDS = 3_600;
// How long the end of a job is told to a database that does not answer. Longer than a lease: the
// answer is lease_lost then, but we hear that our files are to go.
const PERSIST_MS = 60_000;

// One claimed job from its start to its end. Never throws: what cannot be told to the database is
// left to the lease.
export async function runJob(job: Job, dependencies: RunDependencies): Promise<RunEnding> {
  const log: Log = (level, event, fields) =>
    dependencies.log(level, event, { job_id: job.id, type: job.type, ...fields });
  const lease = new Lease(dependencies.store, job, log);
  try {
    return await new Run(job, dependencies, lease, log).toItsEnd();
  } catch (error) {
    log("error", "job_end_not_recorded", { error });
    return "lost";
  } finally {
    await lease.stop();
  }
}

class Run {
  readonly #steps: (() => Promise<void>)[] = [];

  constructor(
    readonly job: Job,
    readonly dependencies: RunDependencies,
    readonly lease: Lease,
    readonly log: Log,
  ) {}

  async toItsEnd(): Promise<RunEnding> {
    let outcome: JobOutcome;
    try {
      outcome = await this.#work();
      this.lease.signal.throwIfAborted();
    } catch (error) {
      if (this.lease.signal.aborted) return this.#lost(this.lease.signal.reason);
      return isLeaseLost(error) ? this.#lost(error) : this.#failed(error);
    }
    await this.lease.stop();
    try {
      return await this.#succeeded(outcome);
    } catch (error) {
      if (isLeaseLost(error)) return this.#lost(error);
      // Without an answer it may have counted: what is stored must stay.
      if (isPassing(error)) throw error;
      return this.#failed(error);
    }
  }

  async #work(): Promise<JobOutcome> {
    const { job, dependencies, lease, log } = this;
    const handler = dependencies.handlers.get(job.type);
    if (!handler) throw new Error(`No handler for the type ${job.type}.`);
    const started = await dependencies.store.start(job);
    if (started.status !== "processing") lease.lose(`The job is ${started.status}.`);
    lease.signal.throwIfAborted();
    const context: JobContext = {
      job: { ...job, ...started, lock_token: job.lock_token },
      signal: lease.signal,
      progress: (percent) => lease.report(percent),
      files: dependencies.files,
      undo: (step) => this.#steps.push(step),
      log,
    };
    return await handler(context);
  }

  async #succeeded(outcome: JobOutcome): Promise<RunEnding> {
    const { store } = this.dependencies;
    const { job } = this;
    if (outcome.kind === "later") {
      await persist(() => store.snooze(job, after(outcome.seconds), null), PERSIST_MS);
      return "later";
    }
    if (outcome.kind === "wait") {
      const { seconds, state } = outcome;
      await this.#tell(
        () => store.snooze(job, after(seconds), state),
        (now) => now.state?.external_id === state.external_id,
      );
      return "waiting";
    }
    await this.#tell(
      () => store.complete(job, outcome.result),
      (now) => sameFiles(now.result, outcome.result),
    );
    await outcome.afterwards?.().catch((error: unknown) => {
      this.log("warn", "job_cleanup_failed", { error });
    });
    return "completed";
  }

  // An answer may be lost after the commit. Then the token no longer fits when we ask again, but
  // what we uploaded or ordered is the job's own: it must stay.
  async #tell(call: () => Promise<void>, hasCounted: (now: JobRow) => boolean): Promise<void> {
    try {
      await persist(call, PERSIST_MS);
    } catch (error) {
      if (!isLeaseLost(error)) throw error;
      const now = await persist(() => this.dependencies.store.find(this.job.id), PERSIST_MS);
      if (!now || !hasCounted(now)) throw error;
    }
  }

  async #failed(error: unknown): Promise<RunEnding> {
    await this.lease.stop();
    await undoAll(this.#steps, this.log);
    const { store } = this.dependencies;
    const final = error instanceof FinalError;
    this.log(final ? "warn" : "error", "job_failed", { attempt: this.job.attempts, final, error });
    try {
      const providerFault = error instanceof ProviderFaultError;
      const failure = {
        userMessage: this.#words(error),
        retryable: !final,
        providerFault,
        retryInSeconds: retryAfter(error),
      };
      // Forgets an order that failed, so that the next attempt starts over.
      await persist(() => store.fail(this.job, failure), PERSIST_MS);
      return providerFault ? "later" : "failed";
    } catch (refusal) {
      if (isLeaseLost(refusal)) return "lost";
      throw refusal;
    }
  }

  async #lost(reason: unknown): Promise<RunEnding> {
    this.log("warn", "lease_lost", { reason });
    await undoAll(this.#steps, this.log);
    return "lost";
  }

  // Only words that were written for a user leave the worker.
  #words(error: unknown): string {
    if (error instanceof FinalError || error instanceof ProviderFaultError) {
      return error.userMessage;
    }
    if (this.job.attempts >= this.job.max_attempts) return GIVEN_UP_WORDS;
    return error instanceof RetryableError ? error.userMessage : OUR_FAULT_WORDS;
  }
}

function retryAfter(error: unknown): number | undefined {
  const seconds = error instanceof RetryableError ? error.retryAfterSeconds : undefined;
  return seconds === undefined ? undefined : Math.min(MAX_RETRY_AFTER_SECONDS, seconds);
}

function after(seconds: number): Date {
  return new Date(Date.now() + Math.max(0, seconds) * 1000);
}

function sameFiles(stored: JobRow["result"], ours: Record<string, unknown>): boolean {
  const paths = (result: Record<string, unknown>) =>
    JSON.stringify((result.files as { path?: string }[] | undefined)?.map(({ path }) => path));
  return !!stored && paths(stored) === paths(ours);
}
