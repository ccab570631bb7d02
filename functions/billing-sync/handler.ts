import type Stripe from "stripe";
import { z } from "zod";
import { bearer } from "../_shared/bearer.ts";
import { sameSecret } from "../_shared/constant_time.ts";
import { ApiError, endpoint, type Handler, json, readJson } from "../_shared/http.ts";
import { requireStripe } from "../_shared/payments.ts";
import { type RpcClient, rpc } from "../_shared/rpc.ts";
import { TASKS, type Task } from "./tasks.ts";

const MAX_BODY_BYTES = 1024;

export interface BillingSyncDependencies {
  stripe: Stripe | undefined;
  // Shared with the database, which rings.
  secret: string | undefined;
  asCaller: (authorization: string) => RpcClient;
  // Does the task; the answer does not wait for it.
  start: (task: Task, stripe: Stripe) => void;
}

const bodySchema = z.object({ task: z.enum(TASKS) });

// Brings in what no webhook did. The database rings; an administrator may have the catalogue synced.
export function createBillingSyncHandler(deps: BillingSyncDependencies): Handler {
  return endpoint({ method: "POST", cors: true }, async (request) => {
    const authorization = bearer(request);
    if (!deps.secret) {
      throw new ApiError(500, "worker_secret_missing", "WORKER_SECRET is not set.", {
        hint: "Set it in the function's environment and in the database's settings.",
      });
    }
    const isOurs = await sameSecret(authorization.replace(/^bearer /i, ""), deps.secret);
    const { task } = await readJson(request, bodySchema, MAX_BODY_BYTES);
    if (!isOurs) await requireAdmin(deps.asCaller(authorization), task);
    deps.start(task, requireStripe(deps.stripe));
    return json({ accepted: true }, 202);
  });
}

async function requireAdmin(asCaller: RpcClient, task: Task): Promise<void> {
  if (task !== "sync_catalogue") {
    throw new ApiError(401, "worker_secret_wrong", "This bell is not yours to ring.");
  }
  await rpc(asCaller, "admin_sync_catalogue", {}, z.unknown());
}
