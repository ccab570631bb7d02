import { z } from "zod";

const record = z.record(z.string(), z.unknown());

// The columns of public.jobs that a worker reads.
export const jobSchema = z.object({
  id: z.guid(),
  user_id: z.guid().nullish(),
  type: z.string(),
  subject_id: z.guid().nullish(),
  payload: record.nullish().transform((value) => value ?? {}),
  status: z.string(),
  attempts: z.number().int(),
  max_attempts: z.number().int(),
  lease_expires_at: z.string().nullish(),
  lock_token: z.guid().nullish(),
  state: record.nullish(),
  result: record.nullish(),
});

export type JobRow = z.output<typeof jobSchema>;

// A job in our hands: the token proves it in every write.
export interface Job extends JobRow {
  lock_token: string;
}

export function isHeld(row: JobRow): row is Job {
  return typeof row.lock_token === "string";
}
