import { z } from "zod";

const positive = (name: string) =>
  z.coerce.number({ error: `is not a number (${name})` }).positive();

export const workerEnv = z
  .object({
    WORKER_SECRET: z.string().optional(),
    // Jobs at the same time in this process.
    WORKER_CONCURRENCY: positive("jobs at a time").int().max(64).default(2),
    // Seconds after which the loop takes no more work; unset means 120 on hosted Supabase, where
    // the platform ends the process at 150, and no limit elsewhere.
    WORKER_BUDGET_SECONDS: positive("seconds").optional(),
  })
  .transform((env) => ({
    secret: env.WORKER_SECRET?.trim(),
    concurrency: env.WORKER_CONCURRENCY,
    budgetSeconds: env.WORKER_BUDGET_SECONDS,
  }));
