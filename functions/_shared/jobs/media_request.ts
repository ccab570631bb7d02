import { z } from "zod";
import { type FileAddress, FileMissingError, type Files, FileTooLargeError } from "../files.ts";
import { type ImageTools, imageError } from "../providers/image_tools.ts";
import type { MediaRequest, SourcePicture } from "../providers/types.ts";
import { FinalError } from "../work_error.ts";
import type { Job } from "./job.ts";
import { type FetchPicture, pictureFetcher } from "./picture_url.ts";

export const MAX_SOURCE_BYTES = 25 * 1024 * 1024;

// A payload built in SQL has null where a field does not apply.
const maybe = <T extends z.ZodType>(type: T) =>
  type.nullish().transform((value) => value ?? undefined);

const file = z.object({ bucket: z.enum(["uploads", "results"]), path: z.string().min(1) });
// In storage, or anywhere in public.
const place = z.union([file, z.object({ url: z.string().min(1).max(2048) })]);
type Place = z.output<typeof place>;

// As Postgres counts them: by character, where JavaScript counts halves of some.
const words = z.string().refine((text) => text.length <= 20_000 || [...text].length <= 20_000);

const payloadSchema = z
  .looseObject({
    operation: z.string().min(1),
    factor: maybe(z.number()),
    prompt: maybe(words),
    negative_prompt: maybe(words),
    width: maybe(z.number().int().positive()),
    height: maybe(z.number().int().positive()),
    aspect_ratio: maybe(z.string().max(20)),
    resolution: maybe(z.string().max(20)),
    seconds: maybe(z.number().positive().max(600)),
    room_type: maybe(z.string().max(100)),
    style: maybe(z.string().max(100)),
    source: maybe(place),
    reference: maybe(place),
  })
  .transform(
    ({
      operation,
      factor,
      prompt,
      negative_prompt: negativePrompt,
      width,
      height,
      aspect_ratio: aspectRatio,
      resolution,
      seconds,
      room_type: roomType,
      style,
      source,
      reference,
      ...options
    }) => ({
      source,
      reference,
      asked: {
        operation,
        factor,
        prompt,
        negativePrompt,
        width,
        height,
        aspectRatio,
        resolution,
        seconds,
        roomType,
        style,
        options,
      },
    }),
  );

// A job's payload as a request to a provider. Its pictures are loaded when they are first needed:
// a finished order of a slow provider needs none.
export function mediaRequest(
  job: Job,
  files: Files,
  images: ImageTools,
  signal: AbortSignal,
  fetchPicture: FetchPicture = pictureFetcher(),
): MediaRequest {
  const parsed = payloadSchema.safeParse(job.payload);
  if (!parsed.success) {
    throw new FinalError("This request cannot be worked on.", { cause: parsed.error });
  }
  const { asked, source, reference } = parsed.data;
  const picture = (where: Place) => {
    const bytes =
      "url" in where
        ? () => fetchPicture(where.url, MAX_SOURCE_BYTES, signal)
        : ownFile(where, job, files, signal);
    return loaderOf(bytes, images);
  };
  return {
    ...asked,
    ...(source && { source: picture(source) }),
    ...(reference && { reference: picture(reference) }),
  };
}

function loaderOf(
  bytesOf: () => Promise<Uint8Array>,
  images: ImageTools,
): () => Promise<SourcePicture> {
  let loading: Promise<SourcePicture> | undefined;
  const load = async (): Promise<SourcePicture> => {
    const bytes = await bytesOf();
    try {
      return { ...(await images.inspect(bytes)), bytes };
    } catch (error) {
      const unreadable = imageError(error);
      // Without a status: no provider has said this.
      throw unreadable ? new FinalError(unreadable.userMessage, { cause: error }) : error;
    }
  };
  return () => (loading ??= load());
}

function ownFile(
  address: FileAddress,
  job: Job,
  files: Files,
  signal: AbortSignal,
): () => Promise<Uint8Array> {
  // The worker reads past all policies: a picture is believed only in its owner's own folder.
  if (
    !job.user_id ||
    !address.path.startsWith(`${job.user_id}/`) ||
    /(^|\/)\.\.?(\/|$)/.test(address.path)
  ) {
    throw new FinalError("The picture of this request is not yours.");
  }
  return () => download(files, address, signal);
}

async function download(
  files: Files,
  source: FileAddress,
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
