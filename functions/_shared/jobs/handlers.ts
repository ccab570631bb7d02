import type Stripe from "stripe";
import { cancelOrder } from "./cancel_order.ts";
import type { JobHandler, JobHandlers } from "./handler.ts";
import { type MediaDependencies, mediaOperation } from "./media_operation.ts";
import { removeFiles } from "./remove_files.ts";
import { topUp } from "./top_up.ts";

const MEDIA_TYPES = [
  "editor.upscale",
  "editor.background_removal",
  "editor.vectorize",
  "editor.generate",
  "video.generate",
  "video.image",
  "video.upscale",
  "video.background_removal",
  "stage:run",
];

// What this worker can do. It claims no other type: a type without a handler stays in the queue
// for a worker that has one.
export function jobHandlers(media: MediaDependencies, stripe?: Stripe): JobHandlers {
  const handlers = new Map<string, JobHandler>([["storage.remove_files", removeFiles]]);
  if (stripe) handlers.set("billing.top_up", topUp(stripe));
  if (media.providers.isEmpty) return handlers;
  const operation = mediaOperation(media);
  handlers.set("provider.cancel_order", cancelOrder(media));
  for (const type of MEDIA_TYPES) handlers.set(type, operation);
  return handlers;
}
