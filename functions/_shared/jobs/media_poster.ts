import type { ImageTools } from "../providers/image_tools.ts";
import type { MediaRequest } from "../providers/types.ts";
import { keyFrames } from "../video/webm_read.ts";
import { animatedWebp, webpOfFrame } from "../video/webp.ts";
import type { Measured } from "./media_output.ts";

const PREVIEW_FRAMES = 16;
const PREVIEW_SECONDS = 2;
const SIDES = { least: 64, most: 960 };

interface Poster {
  poster: Measured;
  preview?: Measured | undefined;
}

// A video's still picture. A key frame of VP8 is a WebP picture already. Other codecs would need a
// decoder that no edge function has: their poster is the picture they started from, or a drawn one.
export async function posterOf(
  video: Measured,
  request: MediaRequest,
  images: ImageTools,
): Promise<Poster> {
  const frames = video.contentType === "video/webm" ? keyFrames(video.bytes) : [];
  const [first] = frames;
  if (first) {
    const size = { contentType: "image/webp", width: video.width, height: video.height };
    const poster = { ...size, bytes: webpOfFrame(frames[Math.floor(frames.length / 3)] ?? first) };
    if (frames.length < 2) return { poster };
    const step = Math.max(1, Math.floor(frames.length / PREVIEW_FRAMES));
    const shown = frames.filter((_frame, index) => index % step === 0).slice(0, PREVIEW_FRAMES);
    const milliseconds = Math.round((PREVIEW_SECONDS * 1000) / shown.length);
    return { poster, preview: { ...size, bytes: animatedWebp(shown, size, milliseconds) } };
  }
  const still = (await startOf(request, images)) ?? (await drawn(request.prompt, video, images));
  return { poster: await images.thumbnail(still, SIDES.most) };
}

// What it started from; an animated one, say, cannot be a poster.
async function startOf(request: MediaRequest, images: ImageTools): Promise<Uint8Array | undefined> {
  const start = await request.reference?.();
  if (!start) return undefined;
  const usable = await images.thumbnail(start.bytes, SIDES.least).catch(() => undefined);
  return usable && start.bytes;
}

async function drawn(
  prompt: string | undefined,
  video: Measured,
  images: ImageTools,
): Promise<Uint8Array> {
  const longest = Math.max(video.width, video.height, 1);
  const side = (length: number) =>
    Math.max(SIDES.least, Math.round(length * Math.min(1, SIDES.most / longest)));
  const size = { width: side(video.width), height: side(video.height) };
  // A prompt without a letter that can be drawn still has a poster.
  const { bytes } = await images
    .drawPoster(prompt ?? "", size)
    .catch(() => images.drawPoster("Your video", size));
  return bytes;
}
