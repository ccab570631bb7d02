import { randomUUID } from "node:crypto";
import { ApiError } from "../../../../functions/_shared/api_error.ts";
import type { Job, JobRow } from "../../../../functions/_shared/jobs/job.ts";
import type {
  Failure,
  JobStore,
  Routing,
  UsageRecord,
} from "../../../../functions/_shared/jobs/store.ts";

export interface FakeJob extends JobRow {
  run_at: number;
  error: string | null;
  progress: number | null;
  tokens: string[];
  endings: number;
}

export const OWNER = "aaaaaaaa-0000-4000-8000-000000000001";
export const SUBJECT = "bbbbbbbb-0000-4000-8000-000000000001";

type Held = Pick<Job, "id" | "lock_token">;

interface Task {
  jobId?: string;
  callback?: Record<string, unknown>;
}

// The database's job functions in memory: one token a claim, every write checks it.
export class FakeJobStore implements JobStore {
  readonly jobs = new Map<string, FakeJob>();
  readonly usage: UsageRecord[] = [];
  readonly calls: string[] = [];
  readonly #tasks = new Map<string, Task>();
  leaseMs = 30_000;
  // Throws in the place of a call, or after it was carried out.
  before: (call: string) => void = () => undefined;
  after: (call: string) => void = () => undefined;

  add(type: string, payload: Record<string, unknown>, more: Partial<FakeJob> = {}): FakeJob {
    const job: FakeJob = {
      id: randomUUID(),
      user_id: OWNER,
      type,
      subject_id: SUBJECT,
      payload,
      status: "queued",
      attempts: 0,
      max_attempts: 3,
      lease_expires_at: null,
      lock_token: null,
      state: null,
      result: null,
      run_at: 0,
      error: null,
      progress: null,
      tokens: [],
      endings: 0,
      ...more,
    };
    this.jobs.set(job.id, job);
    return job;
  }

  // Which routes there are: providers in their order. At rest, nobody may take the work.
  routes: string[] = ["local"];
  models: Record<string, string> = {};
  timeoutSeconds = 600;
  readonly atRest = new Set<string>();

  route(job: Held, providers: string[], failed: string[]): Promise<Routing> {
    return this.#call("route", () => {
      const wanted = this.#held(job).payload.provider;
      const provider = this.routes.find(
        (name) =>
          providers.includes(name) &&
          (wanted === undefined || wanted === name) &&
          !failed.includes(`route-${name}`) &&
          !this.atRest.has(name),
      );
      if (!provider) return { route: null, waitSeconds: 60 };
      const { timeoutSeconds } = this;
      const route = {
        id: `route-${provider}`,
        provider,
        model: this.models[provider] ?? "",
        settings: {},
      };
      return { route: { ...route, timeoutSeconds } };
    });
  }

  claim(_worker: string, limit: number, types: string[], _providers: string[]): Promise<Job[]> {
    return this.#call("claim", () => {
      const runnable = [...this.jobs.values()].filter(
        (job) =>
          (job.status === "queued" || job.status === "waiting") &&
          job.run_at <= Date.now() &&
          types.includes(job.type),
      );
      return runnable.slice(0, limit).map((job) => {
        if (job.status === "queued") job.attempts += 1;
        const token = randomUUID();
        job.tokens.push(token);
        job.status = "processing";
        job.lock_token = token;
        this.#extend(job);
        return { ...structuredClone(job), lock_token: token };
      });
    });
  }

  start(job: Held): Promise<JobRow> {
    return this.#call("start", () => structuredClone(this.#held(job)));
  }

  heartbeat(job: Held, progress: number | null): Promise<JobRow> {
    return this.#call("heartbeat", () => {
      const row = this.#held(job);
      this.#extend(row);
      row.progress = progress ?? row.progress;
      return structuredClone(row);
    });
  }

  complete(job: Held, result: Record<string, unknown>): Promise<void> {
    return this.#call("complete", () => {
      const row = this.#held(job);
      row.result = structuredClone(result);
      this.#end(row, "completed");
    });
  }

  fail(job: Held, failure: Failure): Promise<void> {
    const { userMessage, retryable, providerFault, retryInSeconds: retryIn = 1 } = failure;
    return this.#call("fail", () => {
      const row = this.#held(job);
      row.error = userMessage;
      if (providerFault) row.attempts -= 1;
      if (!retryable || row.attempts >= row.max_attempts) return this.#end(row, "failed");
      this.#rest(row, "queued", Date.now() + retryIn * 1_000, null);
    });
  }

  snooze(job: Held, runAt: Date, state: Record<string, unknown> | null): Promise<void> {
    return this.#call("snooze", () => {
      const row = this.#held(job);
      if (!state) {
        // Not an attempt: the provider's task, if any, is kept.
        row.attempts -= 1;
        return this.#rest(row, "queued", runAt.getTime(), row.state);
      }
      const task = this.#task(String(state.external_id));
      task.jobId = row.id;
      const news = task.callback && !state.callback ? { callback: task.callback } : undefined;
      this.#rest(row, "waiting", news ? 0 : runAt.getTime(), { ...state, ...news });
    });
  }

  find(jobId: string): Promise<JobRow | undefined> {
    return this.#call("find", () => structuredClone(this.jobs.get(jobId)));
  }

  recordUsage(usage: UsageRecord): Promise<void> {
    return this.#call("recordUsage", () => {
      this.usage.push(structuredClone(usage));
    });
  }

  // What record_provider_callback does.
  callback(externalId: string, payload: Record<string, unknown>): string {
    const task = this.#task(externalId);
    task.callback ??= payload;
    const job = this.jobs.get(task.jobId ?? "");
    if (!job) return "unknown";
    if (["completed", "failed", "cancelled"].includes(job.status)) return "already_ended";
    if (job.status === "waiting") {
      job.state = { ...job.state, callback: payload };
      job.run_at = 0;
    }
    return "woken";
  }

  // What the reaper does to a job whose lease ran out.
  takeAway(jobId: string): void {
    const job = this.jobs.get(jobId);
    if (job) this.#rest(job, "queued", 0, job.state);
  }

  makeRunnable(jobId: string): void {
    const job = this.jobs.get(jobId);
    if (job) job.run_at = 0;
  }

  count(call: string): number {
    return this.calls.filter((name) => name === call).length;
  }

  async #call<T>(name: string, work: () => T): Promise<T> {
    this.calls.push(name);
    await Promise.resolve();
    this.before(name);
    const answer = work();
    this.after(name);
    return answer;
  }

  #task(externalId: string): Task {
    const task = this.#tasks.get(externalId) ?? {};
    this.#tasks.set(externalId, task);
    return task;
  }

  #held({ id, lock_token }: Held): FakeJob {
    const job = this.jobs.get(id);
    if (job?.status !== "processing" || job.lock_token !== lock_token) throw leaseLost();
    return job;
  }

  #extend(job: FakeJob): void {
    job.lease_expires_at = new Date(Date.now() + this.leaseMs).toISOString();
  }

  #rest(job: FakeJob, status: string, runAt: number, state: FakeJob["state"]): void {
    Object.assign(job, { status, run_at: runAt, state, lock_token: null, lease_expires_at: null });
  }

  #end(job: FakeJob, status: string): void {
    job.endings += 1;
    this.#rest(job, status, 0, null);
  }
}

export function leaseLost(): ApiError {
  return new ApiError(409, "lease_lost", "Another worker has this job.");
}

export function databaseAway(): ApiError {
  return new ApiError(503, "database_unavailable", "The database did not answer.");
}
