import type { ImageTools } from "../providers/image_tools.ts";
import type { MediaOutput, MediaRequest } from "../providers/types.ts";
import { cleanSvg, looksLikeSvg } from "../svg/clean.ts";
import { inspectVideo } from "../video/inspect.ts";
import { FinalError, RetryableError } from "../work_error.ts";

// What can be stored: the limit of the bucket results.
export const MAX_RESULT_BYTES = 100 * 1024 * 1024;

export interface Measured extends MediaOutput {
  width: number;
  height: number;
  seconds?: number | undefined;
}

// A provider is believed in nothing: the type is taken from the bytes, an SVG is cleaned, and what
// is no result of this operation may be better the next time.
export async function checkOutput(
  { bytes }: MediaOutput,
  request: MediaRequest,
  images: ImageTools,
): Promise<Measured> {
  if (bytes.byteLength > MAX_RESULT_BYTES) {
    throw new FinalError("The result is larger than 100 MB and cannot be stored.", { status: 413 });
  }
  try {
    if (request.operation === "generate_video") return { bytes, ...inspectVideo(bytes) };
    if (looksLikeSvg(bytes)) return await checkSvg(bytes, request);
    const { contentType, width, height } = await images.inspect(bytes);
    if (PICTURES.has(contentType)) return { bytes, contentType, width, height };
    throw new Error(`The provider answered with ${contentType}.`);
  } catch (cause) {
    const what = request.operation === "generate_video" ? "video" : "picture";
    throw new RetryableError(`The provider's answer was not a ${what}. We try again.`, {
      status: 502,
      cause,
    });
  }
}

const PICTURES = new Set(["image/png", "image/jpeg", "image/webp"]);

async function checkSvg(bytes: Uint8Array, request: MediaRequest): Promise<Measured> {
  if (request.operation !== "vectorize") throw new Error("The provider answered with an SVG.");
  const { width = 0, height = 0 } = (await request.source?.()) ?? request;
  return { bytes: cleanSvg(bytes), contentType: "image/svg+xml", width, height };
}
