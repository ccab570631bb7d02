import type { Log } from "../log.ts";
import { isLeaseLost } from "./database_answers.ts";
import type { Job, JobRow } from "./job.ts";
import type { JobStore } from "./store.ts";

export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";
}

const MIN_BEAT_MS = 250;
const MAX_BEAT_MS = 20_000;
// Used when the clocks disagree so much that the lease seems over when it begins.
const FALLBACK_LEASE_MS = 30_000;
// Progress reaches the database at most this often.
const MIN_PROGRESS_MS = 1_000;

// Keeps one job ours: extends the lease at a third of it, carries the progress along, and aborts
// the work when the lease is gone.
export class Lease {
  readonly #store: JobStore;
  readonly #job: Job;
  readonly #log: Log;
  readonly #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #beating: Promise<void> | undefined;
  #stopped = false;
  #lengthMs = FALLBACK_LEASE_MS;
  #endsAt = 0;
  #lastBeatAt: number;
  #progress: number | null = null;
  #sentProgress: number | null = null;

  constructor(store: JobStore, job: Job, log: Log) {
    this.#store = store;
    this.#job = job;
    this.#log = log;
    this.#lastBeatAt = Date.now();
    this.#extend(job);
    this.#schedule();
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  // Milliseconds until someone else may take the job.
  get remainingMs(): number {
    return Math.max(0, this.#endsAt - Date.now());
  }

  report(percent: number): void {
    const whole = Math.min(99, Math.max(0, Math.round(percent)));
    if (whole <= (this.#progress ?? -1)) return;
    this.#progress = whole;
    this.#schedule();
  }

  // After this no beat is sent, and none is on its way.
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#beating;
  }

  lose(reason: string, cause?: unknown): void {
    if (this.#abort.signal.aborted) return;
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#abort.abort(new LeaseLostError(reason, { cause }));
  }

  #schedule(failed = false): void {
    if (this.#stopped || this.#beating) return;
    clearTimeout(this.#timer);
    const third = Math.min(MAX_BEAT_MS, Math.max(MIN_BEAT_MS, this.#lengthMs / 3));
    const news = this.#progress !== this.#sentProgress;
    const every = failed || news ? Math.min(third, MIN_PROGRESS_MS) : third;
    const wait = Math.max(0, this.#lastBeatAt + every - Date.now());
    this.#timer = setTimeout(() => {
      this.#beating = this.#beat().then((worked) => {
        this.#beating = undefined;
        this.#schedule(!worked);
      });
    }, wait);
  }

  async #beat(): Promise<boolean> {
    const progress = this.#progress;
    try {
      const row = await this.#store.heartbeat(this.#job, progress);
      this.#sentProgress = progress;
      this.#extend(row);
      return true;
    } catch (error) {
      if (this.#stopped) return false;
      if (isLeaseLost(error)) this.lose("The database gave the job away.", error);
      else if (this.remainingMs === 0) this.lose("The lease ran out without an answer.", error);
      else this.#log("warn", "heartbeat_failed", { job_id: this.#job.id, error });
      return false;
    } finally {
      this.#lastBeatAt = Date.now();
    }
  }

  #extend(row: JobRow): void {
    const until = Date.parse(row.lease_expires_at ?? "") - Date.now();
    this.#lengthMs = until > 0 ? until : FALLBACK_LEASE_MS;
    this.#endsAt = Date.now() + this.#lengthMs;
  }
}
