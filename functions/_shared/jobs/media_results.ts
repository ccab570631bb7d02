import { type ImageTools, imageError } from "../providers/image_tools.ts";
import type { Done, MediaOutput, MediaRequest } from "../providers/types.ts";
import type { JobContext } from "./handler.ts";
import { checkOutput, type Measured } from "./media_output.ts";
import { posterOf } from "./media_poster.ts";

export interface ResultFile {
  kind: "processed" | "video" | "poster" | "preview" | "thumbnail";
  bucket: string;
  path: string;
  content_type: string;
  bytes: number;
  width: number;
  height: number;
  seconds?: number;
}

const BUCKET = "results";
const THUMBNAIL_SIDE = 512;

const EXTENSIONS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/svg+xml": "svg",
  "video/mp4": "mp4",
  "video/webm": "webm",
};

// Stores what a provider made under this attempt's own token, so that an attempt that lost its
// lease can never overwrite, or leave behind, a file of the one that counts.
export async function storeResults(
  done: Done,
  request: MediaRequest,
  images: ImageTools,
  context: JobContext,
): Promise<ResultFile[]> {
  const made =
    request.operation === "generate_video"
      ? await videoParts(done, request, images)
      : await pictureParts(done, request, images);
  context.progress(85);
  const { job } = context;
  const folder = `${job.user_id}/${job.subject_id ?? job.id}/${job.lock_token}`;
  const files: ResultFile[] = [];
  for (const { kind, name, ...output } of made) {
    const path = `${folder}/${name}.${EXTENSIONS[output.contentType]}`;
    files.push(await store(kind, path, output, context));
  }
  context.progress(95);
  return files;
}

type Part = Measured & { kind: ResultFile["kind"]; name: string };

async function pictureParts(
  { outputs: [first, ...more] }: Done,
  request: MediaRequest,
  images: ImageTools,
): Promise<Part[]> {
  const pictures = [await checkOutput(first, request, images)];
  for (const output of more) pictures.push(await checkOutput(output, request, images));
  const thumbnail = await thumbnailOf(first, request, images);
  return [
    ...pictures.map((picture, index): Part => {
      const name = index === 0 ? "processed" : `processed-${index + 1}`;
      return { ...picture, kind: "processed", name };
    }),
    { ...thumbnail, kind: "thumbnail", name: "thumbnail" },
  ];
}

async function videoParts(
  { outputs: [first] }: Done,
  request: MediaRequest,
  images: ImageTools,
): Promise<Part[]> {
  const video = await checkOutput(first, request, images);
  const { poster, preview } = await posterOf(video, request, images);
  const thumbnail = await small(poster.bytes, images);
  return [
    { ...video, kind: "video", name: "video" },
    { ...poster, kind: "poster", name: "poster" },
    ...(preview ? [{ ...preview, kind: "preview" as const, name: "preview" }] : []),
    { ...thumbnail, kind: "thumbnail", name: "thumbnail" },
  ];
}

async function store(
  kind: ResultFile["kind"],
  path: string,
  { bytes, contentType, width, height, seconds }: Measured,
  context: JobContext,
): Promise<ResultFile> {
  context.signal.throwIfAborted();
  // Said before the upload: one that fails half way may still have left the object.
  context.undo(() => context.files.remove(BUCKET, [path]));
  await context.files.upload({ bucket: BUCKET, path }, bytes, contentType);
  context.signal.throwIfAborted();
  const size = { bytes: bytes.byteLength, width, height, ...(seconds && { seconds }) };
  return { kind, bucket: BUCKET, path, content_type: contentType, ...size };
}

// A thumbnail is a raster: that of an SVG is made from the picture it was traced from.
async function thumbnailOf(
  output: MediaOutput,
  request: MediaRequest,
  images: ImageTools,
): Promise<Measured> {
  const source = request.operation === "vectorize" ? await request.source?.() : undefined;
  return await small(source?.bytes ?? output.bytes, images);
}

async function small(bytes: Uint8Array, images: ImageTools): Promise<Measured> {
  try {
    return await images.thumbnail(bytes, THUMBNAIL_SIDE);
  } catch (error) {
    throw imageError(error) ?? error;
  }
}
