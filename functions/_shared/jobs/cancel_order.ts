import { z } from "zod";
import type { ProviderRegistry } from "../providers/registry.ts";
import {
  FinalError,
  NOT_AVAILABLE_WORDS,
  ProviderFaultError,
  RetryableError,
} from "../work_error.ts";
import type { JobHandler } from "./handler.ts";
import type { JobStore } from "./store.ts";

const payloadSchema = z.object({
  provider: z.string().min(1),
  external_id: z.string().min(1),
  // The job that ordered it.
  job_id: z.guid(),
  operation: z.string().nullish(),
});

interface Dependencies {
  providers: ProviderRegistry;
  store: Pick<JobStore, "recordUsage">;
}

// Its job was cancelled, deleted or given up: the provider need not go on, and charge us.
export function cancelOrder({ providers, store }: Dependencies): JobHandler {
  return async ({ job, log }) => {
    const order = payloadSchema.parse(job.payload);
    const provider = providers.get(order.provider);
    if (!provider) {
      const cause = new Error(`This worker has no provider "${order.provider}".`);
      throw new RetryableError(NOT_AVAILABLE_WORDS, { cause });
    }
    const startedAt = performance.now();
    let status = 200;
    try {
      await provider.cancel(order.external_id);
    } catch (error) {
      if (!isOver(error)) throw error;
      ({ status } = error);
    }
    const usage = {
      jobId: order.job_id,
      provider: order.provider,
      operation: `${order.operation ?? "order"}.cancel`,
      request: {},
      response: { external_id: order.external_id },
      status,
      seconds: (performance.now() - startedAt) / 1000,
    };
    await store.recordUsage(usage).catch((error: unknown) => {
      log("error", "api_usage_not_recorded", { error });
    });
    return { kind: "complete", result: { status } };
  };
}

// It is unknown there, or has ended: there is nothing to cancel.
function isOver(error: unknown): error is { status: number } {
  if (error instanceof ProviderFaultError) return error.status === 404;
  return error instanceof FinalError && error.status !== undefined;
}
