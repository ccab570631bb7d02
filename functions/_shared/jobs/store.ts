import { z } from "zod";
import { databaseError } from "../database_error.ts";
import { rpc } from "../rpc.ts";
import type { Client } from "../supabase.ts";
import { isHeld, type Job, type JobRow, jobSchema } from "./job.ts";

export interface UsageRecord {
  jobId: string;
  provider: string;
  operation: string;
  request: unknown;
  response: unknown;
  status: number;
  seconds: number;
  error?: string | undefined;
}

type Held = Pick<Job, "id" | "lock_token">;

// The database functions of the worker. Every write carries the lock token.
export interface JobStore {
  claim(worker: string, limit: number, types: string[]): Promise<Job[]>;
  start(job: Held): Promise<JobRow>;
  heartbeat(job: Held, progress: number | null): Promise<JobRow>;
  complete(job: Held, result: Record<string, unknown>): Promise<void>;
  // Tried again after a backoff of the database's, or after what a provider asked for.
  fail(job: Held, userMessage: string, retryable: boolean, retryInSeconds?: number): Promise<void>;
  snooze(job: Held, runAt: Date, state: Record<string, unknown> | null): Promise<void>;
  // The job as it is now, whoever holds it.
  find(jobId: string): Promise<JobRow | undefined>;
  recordUsage(usage: UsageRecord): Promise<void>;
}

export function databaseJobStore(client: Client): JobStore {
  const held = (job: Held) => ({ p_job_id: job.id, p_lock_token: job.lock_token });
  return {
    async claim(worker, limit, types) {
      const args = { p_worker: worker, p_limit: limit, p_types: types };
      return (await rpc(client, "claim_jobs", args, z.array(jobSchema))).filter(isHeld);
    },
    start: (job) => rpc(client, "start_job", held(job), jobSchema),
    heartbeat: (job, progress) =>
      rpc(client, "heartbeat_job", { ...held(job), p_progress: progress }, jobSchema),
    async complete(job, result) {
      await rpc(client, "complete_job", { ...held(job), p_result: result }, z.unknown());
    },
    async fail(job, userMessage, retryable, retryInSeconds) {
      const args = {
        ...held(job),
        p_error: userMessage,
        p_retryable: retryable,
        ...(retryInSeconds !== undefined && { p_retry_in: `${retryInSeconds} seconds` }),
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
      };
      await rpc(client, "record_api_usage", args, z.unknown());
    },
  };
}
