import { z } from "zod";
import { FileMissingError, type Files, FileTooLargeError } from "../files.ts";
import { type ImageTools, imageError } from "../providers/image_tools.ts";
import type { MediaRequest, SourcePicture } from "../providers/types.ts";
import { FinalError } from "../work_error.ts";
import type { Job } from "./job.ts";

export const MAX_SOURCE_BYTES = 25 * 1024 * 1024;

// A payload built in SQL has null where a field does not apply.
const maybe = <T extends z.ZodType>(type: T) =>
  type.nullish().transform((value) => value ?? undefined);

const payloadSchema = z
  .looseObject({
    operation: z.string().min(1),
    provider: z.string().min(1),
    factor: maybe(z.number()),
    prompt: maybe(z.string().max(20_000)),
    width: maybe(z.number().int().positive()),
    height: maybe(z.number().int().positive()),
    source: maybe(z.object({ bucket: z.enum(["uploads", "results"]), path: z.string().min(1) })),
  })
  .transform(({ provider, source, operation, factor, prompt, width, height, ...options }) => ({
    provider,
    source,
    request: { operation, factor, prompt, width, height, options },
  }));

export interface MediaOrder {
  provider: string;
  request: MediaRequest;
}

// A job's payload as a request to a provider. The source is loaded when it is first needed: a
// finished order of a slow provider needs none.
export function mediaOrder(
  job: Job,
  files: Files,
  images: ImageTools,
  signal: AbortSignal,
): MediaOrder {
  const parsed = payloadSchema.safeParse(job.payload);
  if (!parsed.success) {
    throw new FinalError("This request cannot be worked on.", { cause: parsed.error });
  }
  const { provider, source, request } = parsed.data;
  if (!source) return { provider, request };
  // The worker reads past all policies: a source is believed only in its owner's own folder.
  if (
    !job.user_id ||
    !source.path.startsWith(`${job.user_id}/`) ||
    /(^|\/)\.\.?(\/|$)/.test(source.path)
  ) {
    throw new FinalError("The picture of this request is not yours.");
  }
  let loading: Promise<SourcePicture> | undefined;
  const load = async (): Promise<SourcePicture> => {
    const bytes = await download(files, source, signal);
    try {
      return { ...(await images.inspect(bytes)), bytes };
    } catch (error) {
      throw imageError(error) ?? error;
    }
  };
  return { provider, request: { ...request, source: () => (loading ??= load()) } };
}

async function download(
  files: Files,
  source: { bucket: string; path: string },
  signal: AbortSignal,
): Promise<Uint8Array> {
  try {
    return await files.download(source, MAX_SOURCE_BYTES, signal);
  } catch (cause) {
    if (cause instanceof FileMissingError) {
      throw new FinalError("The picture is no longer there. Please upload it again.", { cause });
    }
    if (cause instanceof FileTooLargeError) {
      throw new FinalError("The picture is larger than 25 MB. Please use a smaller one.", {
        cause,
      });
    }
    throw cause;
  }
}
