import { type ImageTools, imageError } from "../providers/image_tools.ts";
import type { Done, MediaOutput, MediaRequest } from "../providers/types.ts";
import { RetryableError } from "../work_error.ts";
import type { JobContext } from "./handler.ts";

export interface ResultFile {
  kind: "processed" | "thumbnail";
  bucket: string;
  path: string;
  content_type: string;
  bytes: number;
  width: number;
  height: number;
}

const BUCKET = "results";
const THUMBNAIL_SIDE = 512;

const EXTENSIONS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/svg+xml": "svg",
};

// Stores what a provider made under this attempt's own token, so that an attempt that lost its
// lease can never overwrite, or leave behind, a file of the one that counts.
export async function storeResults(
  done: Done,
  request: MediaRequest,
  images: ImageTools,
  context: JobContext,
): Promise<ResultFile[]> {
  const { job } = context;
  const folder = `${job.user_id}/${job.subject_id ?? job.id}/${job.lock_token}`;
  const [first, ...more] = done.outputs;
  const pictures = [await measured(first, request, images)];
  for (const output of more) pictures.push(await measured(output, request, images));
  const thumbnail = await thumbnailOf(first, request, images);
  context.progress(85);

  const files: ResultFile[] = [];
  for (const [index, picture] of pictures.entries()) {
    const name = index === 0 ? "processed" : `processed-${index + 1}`;
    const path = `${folder}/${name}.${EXTENSIONS[picture.contentType]}`;
    files.push(await store("processed", path, picture, context));
  }
  files.push(await store("thumbnail", `${folder}/thumbnail.webp`, thumbnail, context));
  context.progress(95);
  return files;
}

interface Measured extends MediaOutput {
  width: number;
  height: number;
}

async function store(
  kind: ResultFile["kind"],
  path: string,
  { bytes, contentType, width, height }: Measured,
  context: JobContext,
): Promise<ResultFile> {
  context.signal.throwIfAborted();
  // Said before the upload: one that fails half way may still have left the object.
  context.undo(() => context.files.remove(BUCKET, [path]));
  await context.files.upload({ bucket: BUCKET, path }, bytes, contentType);
  context.signal.throwIfAborted();
  const size = { bytes: bytes.byteLength, width, height };
  return { kind, bucket: BUCKET, path, content_type: contentType, ...size };
}

// The type is taken from the bytes. A result that is no picture is the provider's fault and may
// be better the next time.
async function measured(
  output: MediaOutput,
  request: MediaRequest,
  images: ImageTools,
): Promise<Measured> {
  if (output.contentType === "image/svg+xml") {
    const source = await request.source?.();
    const { width = 0, height = 0 } = source ?? request;
    return { ...output, width, height };
  }
  try {
    const { contentType, width, height } = await images.inspect(output.bytes);
    if (contentType in EXTENSIONS) return { bytes: output.bytes, contentType, width, height };
    throw new Error(`The provider answered with ${contentType}.`);
  } catch (cause) {
    throw new RetryableError("The provider's answer was not a picture. We try again.", { cause });
  }
}

// A thumbnail is a raster: that of an SVG is made from the picture it was traced from.
async function thumbnailOf(
  output: MediaOutput,
  request: MediaRequest,
  images: ImageTools,
): Promise<Measured> {
  const source = output.contentType === "image/svg+xml" ? await request.source?.() : undefined;
  try {
    return await images.thumbnail(source?.bytes ?? output.bytes, THUMBNAIL_SIDE);
  } catch (error) {
    throw imageError(error) ?? error;
  }
}
