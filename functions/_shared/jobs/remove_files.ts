import { z } from "zod";
import type { JobHandler } from "./handler.ts";

// The Storage API takes 1,000 names a call; smaller batches keep each call within its timeout.
const BATCH = 100;

const payloadSchema = z.object({
  bucket: z.string().min(1),
  paths: z.array(z.string().min(1)),
});

// Removes through the Storage API, since deleting rows of storage.objects leaves the bytes. A file
// that is gone already counts as removed, so the job can be repeated.
export const removeFiles: JobHandler = async ({ job, files, signal, progress }) => {
  const { bucket, paths } = payloadSchema.parse(job.payload);
  for (let from = 0; from < paths.length; from += BATCH) {
    signal.throwIfAborted();
    await files.remove(bucket, paths.slice(from, from + BATCH));
    progress((100 * (from + BATCH)) / paths.length);
  }
  return { kind: "complete", result: { removed: paths.length } };
};
