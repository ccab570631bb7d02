import { z } from "zod";
import { databaseError } from "../database_error.ts";
import type { Route } from "../providers/types.ts";
import { rpc } from "../rpc.ts";
import type { Client } from "../supabase.ts";
import { isHeld, type Job, type JobRow, jobSchema } from "./job.ts";

export interface UsageRecord {
  jobId: string;
  provider: string;
  model?: string | undefined;
  operation: string;
  // In the units of api_costs.
  quantity?: number | undefined;
  // What the call says about the provider; nothing when it says nothing.
  outcome?: "ok" | "taken" | "fault" | undefined;
  retryAfterSeconds?: number | undefined;
  request: unknown;
  response: unknown;
  status: number;
  seconds: number;
  error?: string | undefined;
}

export interface Failure {
  userMessage: string;
  retryable: boolean;
  // The provider's fault, not the work's: uses up no attempt.
  providerFault?: boolean | undefined;
  // What a provider asked for, instead of the database's backoff.
  retryInSeconds?: number | undefined;
}

// Who is to do the work, or when to ask again.
export type Routing = { route: Route } | { route: null; waitSeconds: number };

const routingSchema = z.union([
  z
    .object({
      route: z.object({
        id: z.string().min(1),
        provider: z.string(),
        model: z.string(),
        timeout_seconds: z.number(),
        settings: z.record(z.string(), z.unknown()),
      }),
    })
    .transform(({ route: { timeout_seconds: timeoutSeconds, ...route } }) => ({
      route: { ...route, timeoutSeconds },
    })),
  z
    .object({ route: z.null(), wait_seconds: z.number() })
    .transform(({ route, wait_seconds: waitSeconds }) => ({ route, waitSeconds })),
]);

type Held = Pick<Job, "id" | "lock_token">;

// The database functions of the worker. Every write carries the lock token.
export interface JobStore {
  // Leaves what none of the providers may take now.
  claim(worker: string, limit: number, types: string[], providers: string[]): Promise<Job[]>;
  start(job: Held): Promise<JobRow>;
  // The failed routes are not chosen again.
  route(job: Held, providers: string[], failed: string[]): Promise<Routing>;
  heartbeat(job: Held, progress: number | null): Promise<JobRow>;
  complete(job: Held, result: Record<string, unknown>): Promise<void>;
  fail(job: Held, failure: Failure): Promise<void>;
  snooze(job: Held, runAt: Date, state: Record<string, unknown> | null): Promise<void>;
  // The job as it is now, whoever holds it.
  find(jobId: string): Promise<JobRow | undefined>;
  recordUsage(usage: UsageRecord): Promise<void>;
}

export function databaseJobStore(client: Client): JobStore {
  const held = (job: Held) => ({ p_job_id: job.id, p_lock_token: job.lock_token });
  return {
    async claim(worker, limit, types, providers) {
      const args = {
        p_worker: worker,
        p_limit: limit,
        p_types: types,
        p_providers: providers,
      };
      return (await rpc(client, "claim_jobs", args, z.array(jobSchema))).filter(isHeld);
    },
    start: (job) => rpc(client, "start_job", held(job), jobSchema),
    route: (job, providers, failed) =>
      rpc(
        client,
        "route_job",
        { ...held(job), p_providers: providers, p_exclude: failed },
        routingSchema,
      ),
    heartbeat: (job, progress) =>
      rpc(client, "heartbeat_job", { ...held(job), p_progress: progress }, jobSchema),
    async complete(job, result) {
      await rpc(client, "complete_job", { ...held(job), p_result: result }, z.unknown());
    },
    async fail(job, { userMessage, retryable, providerFault, retryInSeconds }) {
      const args = {
        ...held(job),
        p_error: userMessage,
        p_retryable: retryable,
        ...(retryInSeconds !== undefined && { p_retry_in: `${retryInSeconds} seconds` }),
        ...(providerFault && { p_provider_fault: true }),
      };
      await rpc(client, "fail_job", args, z.unknown());
    },
    async snooze(job, runAt, state) {
      const args = { ...held(job), p_run_at: runAt.toISOString(), p_state: state };
      await rpc(client, "snooze_job", args, z.unknown());
    },
    async find(jobId) {
      const { data, error, status } = await client
        .from("jobs")
        .select("*")
        .eq("id", jobId)
        .maybeSingle();
      if (error) throw databaseError(error, status);
      return data === null ? undefined : jobSchema.parse(data);
    },
    async recordUsage(usage) {
      const args = {
        p_job_id: usage.jobId,
        p_api_provider: usage.provider,
        p_operation_type: usage.operation,
        p_request: usage.request,
        p_response: usage.response,
        p_status_code: usage.status,
        p_response_time: Math.round(usage.seconds * 1000) / 1000,
        p_error: usage.error ?? null,
        p_model: usage.model ?? null,
        p_quantity: usage.quantity ?? 1,
        p_outcome: usage.outcome ?? null,
        p_retry_after: usage.retryAfterSeconds ?? null,
      };
      await rpc(client, "record_api_usage", args, z.unknown());
    },
  };
}
