import type { Log } from "../log.ts";
import type { Job } from "./job.ts";

export interface DrainOptions {
  claim: (limit: number) => Promise<Job[]>;
  // Never throws.
  run: (job: Job) => Promise<unknown>;
  concurrency: number;
  // After this the loop takes no more work, since the platform ends the process by the clock.
  budgetMs: number;
  // Asks another process, or this one afresh, to go on.
  ringAgain?: (() => Promise<void>) | undefined;
  log: Log;
  firstBackoffMs?: number;
}

const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 15_000;
// Then the loop ends: cron rings again when the database is back.
const MAX_CLAIM_FAILURES = 8;

// One loop a process that claims and runs jobs until there are none. A ring that comes while it
// runs makes it look once more, so that no ring is lost; it never makes a second loop.
export class Drain {
  readonly #options: DrainOptions;
  readonly #running = new Set<Promise<void>>();
  #loop: Promise<void> | undefined;
  #rung = false;
  #wake: (() => void) | undefined;

  constructor(options: DrainOptions) {
    this.#options = options;
  }

  // Ends when the loop that heard the ring has ended.
  ring(): Promise<void> {
    this.#rung = true;
    this.#wake?.();
    this.#loop ??= this.#drain();
    return this.#loop;
  }

  async #drain(): Promise<void> {
    const until = Date.now() + this.#options.budgetMs;
    let failures = 0;
    // Lets ring() keep the promise of this loop before the loop can end.
    await Promise.resolve();
    for (;;) {
      const spent = Date.now() >= until || failures > MAX_CLAIM_FAILURES;
      const free = this.#options.concurrency - this.#running.size;
      if (!spent && free > 0) {
        this.#rung = false;
        const jobs = await this.#claim(free);
        if (jobs) {
          failures = 0;
          for (const job of jobs) this.#start(job);
          // A full hand says nothing about what is left; an empty one says there is none.
          if (jobs.length > 0) continue;
        } else {
          failures += 1;
          this.#rung = true;
          await this.#backOff(failures);
          continue;
        }
      }
      if (this.#rung && !spent && this.#running.size < this.#options.concurrency) continue;
      if (this.#running.size === 0) {
        // Nothing is awaited between this look and the end of the loop: no ring fits in between.
        const again = this.#rung && spent;
        this.#loop = undefined;
        if (again) await this.#ringAgain(failures);
        return;
      }
      await this.#change();
    }
  }

  async #claim(limit: number): Promise<Job[] | undefined> {
    try {
      return await this.#options.claim(limit);
    } catch (error) {
      this.#options.log("error", "claim_failed", { error });
      return undefined;
    }
  }

  #start(job: Job): void {
    const running = this.#options
      .run(job)
      .catch((error: unknown) => this.#options.log("error", "run_failed", { error }))
      .then(() => {
        this.#running.delete(running);
        // A job that ended may have freed a place under a cap: look again.
        this.#rung = true;
        this.#wake?.();
      });
    this.#running.add(running);
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
    });
  }

  #backOff(failures: number): Promise<void> {
    const first = this.#options.firstBackoffMs ?? FIRST_BACKOFF_MS;
    const wait = Math.min(MAX_BACKOFF_MS, first * 2 ** (failures - 1));
    return new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random() / 2)));
  }

  async #ringAgain(failures: number): Promise<void> {
    // With the database away, ringing would only spin; cron lives in the database.
    if (failures > 0) return;
    await this.#options.ringAgain?.().catch((error: unknown) => {
      this.#options.log("warn", "ring_again_failed", { error });
    });
  }
}
