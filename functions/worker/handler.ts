import { sameSecret } from "../_shared/constant_time.ts";
import { ApiError, endpoint, type Handler, json } from "../_shared/http.ts";

export interface WorkerDependencies {
  secret: string | undefined;
  // Starts or wakes the loop; the answer does not wait for it.
  ring: () => void;
}

// The doorbell. It says that there may be work, never what: losing a ring loses nothing.
export function workerHandler({ secret, ring }: WorkerDependencies): Handler {
  return endpoint({ method: "POST" }, async (request) => {
    if (!secret) {
      throw new ApiError(500, "worker_secret_missing", "WORKER_SECRET is not set.", {
        hint: "Set it in the function's environment and in the database's settings.",
      });
    }
    const given = /^Bearer\s+(.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
    await request.body?.cancel();
    if (!(await sameSecret(given.trim(), secret))) {
      throw new ApiError(401, "worker_secret_wrong", "This bell is not yours to ring.");
    }
    ring();
    return json({ accepted: true }, 202);
  });
}
