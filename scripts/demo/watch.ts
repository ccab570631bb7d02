import { setTimeout as wait } from "node:timers/promises";
import type { Client, Step } from "./client.ts";
import { DemoError, must } from "./result.ts";

const POLL_MS = 150;
const PATIENCE_MS = 60_000;

export interface Operation {
  id: string;
  operation_type: string;
  status: string;
  error_message: string | null;
  credits_used: number | null;
  processing_time: number | null;
  output_data: { files?: ResultFile[] } | null;
}

interface ResultFile {
  kind: string;
  bucket: string;
  path: string;
  width?: number;
  height?: number;
}

const COLUMNS =
  "id, operation_type, status, error_message, credits_used, processing_time, output_data";

// Tells each change of status or progress, until every operation has ended.
export async function watchOperations(
  supabase: Client,
  ids: readonly string[],
  step: Step,
): Promise<Operation[]> {
  const deadline = Date.now() + PATIENCE_MS;
  const told = new Map<string, string>();
  for (;;) {
    const operations = must(
      await supabase.schema("editor").from("image_operations").select(COLUMNS).in("id", ids),
      "watch the operations",
    ) as Operation[];
    const jobs = must(
      await supabase.from("jobs").select("subject_id, progress").in("subject_id", ids),
      "watch the jobs",
    ) as { subject_id: string; progress: number | null }[];
    const progress = new Map(jobs.map((job) => [job.subject_id, job.progress]));
    for (const operation of operations) {
      const now = describe(operation, progress.get(operation.id) ?? 0);
      if (told.get(operation.id) !== now) step(operation.operation_type, now);
      told.set(operation.id, now);
    }
    const ended = operations.filter(({ status }) => status === "completed" || status === "failed");
    if (ended.length === ids.length) return operations;
    if (Date.now() > deadline) {
      const waiting = operations.filter((operation) => !ended.includes(operation));
      const names = waiting.map((operation) => operation.operation_type).join(", ");
      throw new DemoError(
        `The demo waited ${PATIENCE_MS / 1000} s in vain for ${names}: see .local/logs/worker.log.`,
      );
    }
    await wait(POLL_MS);
  }
}

function describe(operation: Operation, progress: number): string {
  if (operation.status === "completed") {
    return `completed in ${operation.processing_time} s for ${operation.credits_used} credits`;
  }
  if (operation.status === "failed") return `failed: ${operation.error_message}`;
  return operation.status === "processing" ? `processing, ${progress} %` : operation.status;
}
