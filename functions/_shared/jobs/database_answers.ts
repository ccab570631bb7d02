import { ApiError } from "../api_error.ts";

// The database has spoken: this job is no longer ours (taken over, cancelled, ended or gone).
export function isLeaseLost(error: unknown): boolean {
  return (
    error instanceof ApiError && (error.code === "lease_lost" || error.code === "job_not_found")
  );
}

// The same call may succeed in a moment, or has succeeded and its answer got lost.
export function isPassing(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    (error.code === "database_unavailable" || error.code === "retry_on_conflict")
  );
}
