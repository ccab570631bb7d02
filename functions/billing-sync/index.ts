import { inBackground } from "../_shared/background.ts";
import { readEnv, stripeEnv, supabaseEnv } from "../_shared/env.ts";
import { workerEnv } from "../_shared/jobs/env.ts";
import { logLine } from "../_shared/log.ts";
import { createStripe } from "../_shared/stripe.ts";
import { createCallerClient, createServiceClient } from "../_shared/supabase.ts";
import { createBillingSyncHandler } from "./handler.ts";
import { runTask, type Task } from "./tasks.ts";

const source = Deno.env.toObject();
const supabase = readEnv(supabaseEnv, source);
const stripe = readEnv(stripeEnv, source);
const asService = createServiceClient(supabase);

async function run(task: Task, client: Parameters<typeof runTask>[1]): Promise<void> {
  const report = await runTask(task, client, asService);
  logLine(report.failed > 0 ? "warn" : "info", "billing_sync", { task, ...report });
}

Deno.serve(
  createBillingSyncHandler({
    stripe: stripe.secretKey ? createStripe(stripe.secretKey, stripe.apiBase) : undefined,
    secret: readEnv(workerEnv, source).secret,
    asCaller: (authorization) => createCallerClient(supabase, authorization),
    start: (task, client) => inBackground(run(task, client)),
  }),
);
