import {
  FilterType,
  type IMagickImage,
  MagickFormat,
  MagickGeometry,
} from "@imagemagick/magick-wasm";
import { writeWebm } from "../video/webm_write.ts";
import { frameOfWebp } from "../video/webp.ts";
import { open, type Picture } from "./codec.ts";
import { ImageError } from "./errors.ts";
import { drawableWords } from "./lettering.ts";
import { drawPoster } from "./poster.ts";
import { randomFrom } from "./random.ts";

export interface ClipOrder {
  prompt: string;
  width: number;
  height: number;
  seconds: number;
  /** The picture to start from, instead of a drawn one. */
  reference?: Uint8Array | undefined;
}

const FRAMES_PER_SECOND = 8;
const MOST_SECONDS = 6;
const SIDES = { least: 64, most: 854 };
/** How much of the picture the camera sees when it is nearest. */
const NEAREST = 0.8;
const QUALITY = 68;
/** Where the poster's font has no letter of the prompt. */
const UNTITLED = "Your video";

/** A short WebM in which a camera moves over one picture. The same order makes the same clip. */
export async function drawClip(order: ClipOrder): Promise<Picture> {
  const [width, height] = [even(order.width), even(order.height)];
  if (!(order.seconds > 0)) throw new ImageError("size_invalid", "A clip lasts some time.");
  const seconds = Math.min(MOST_SECONDS, order.seconds);
  const words = drawableWords(order.prompt) ? order.prompt : UNTITLED;
  const still = order.reference ?? (await poster(words, width, height));
  const random = randomFrom(order.prompt);
  const frames = await open(still, (image) => {
    fill(image, Math.round(width / NEAREST), Math.round(height / NEAREST));
    const count = Math.max(2, Math.round(seconds * FRAMES_PER_SECOND));
    const camera = cameraOf(image, width, height, random);
    return Array.from({ length: count }, (_, i) => {
      const view = camera(i / (count - 1));
      return image.clone((frame) => {
        frame.crop(new MagickGeometry(view.x, view.y, view.width, view.height));
        frame.resetPage();
        frame.resize(exactly(width, height));
        frame.quality = QUALITY;
        // Quick rather than small: there are many.
        frame.settings.setDefine(MagickFormat.WebP, "method", "1");
        return frame.write(MagickFormat.WebP, (data) => frameOfWebp(data));
      });
    });
  });
  const bytes = writeWebm({ width, height, framesPerSecond: FRAMES_PER_SECOND, frames });
  return { bytes, contentType: "video/webm", width, height };
}

async function poster(prompt: string, width: number, height: number): Promise<Uint8Array> {
  const size = { width: Math.round(width / NEAREST), height: Math.round(height / NEAREST) };
  return (await drawPoster(prompt, size)).bytes;
}

/** Covers the size, and cuts off what is over. No transparency: a frame has none. */
function fill(image: IMagickImage, width: number, height: number): void {
  const scale = Math.max(width / image.width, height / image.height);
  image.resize(
    Math.max(width, Math.round(image.width * scale)),
    Math.max(height, Math.round(image.height * scale)),
    FilterType.Lanczos2,
  );
  image.crop(
    new MagickGeometry(
      Math.floor((image.width - width) / 2),
      Math.floor((image.height - height) / 2),
      width,
      height,
    ),
  );
  image.resetPage();
  image.hasAlpha = false;
  image.strip();
}

/** From the whole picture to a part of it, slowly at both ends. */
function cameraOf(
  image: IMagickImage,
  width: number,
  height: number,
  random: () => number,
): (time: number) => { x: number; y: number; width: number; height: number } {
  const [towardsX, towardsY] = [random(), random()];
  return (time) => {
    const eased = time * time * (3 - 2 * time);
    const share = 1 - (1 - NEAREST) * eased;
    const view = {
      width: Math.max(width, Math.round(image.width * share)),
      height: Math.max(height, Math.round(image.height * share)),
    };
    return {
      ...view,
      x: Math.round((image.width - view.width) * towardsX),
      y: Math.round((image.height - view.height) * towardsY),
    };
  };
}

/** Without keeping the aspect: a rounded pixel must not make a smaller frame. */
function exactly(width: number, height: number): MagickGeometry {
  const geometry = new MagickGeometry(width, height);
  geometry.ignoreAspectRatio = true;
  return geometry;
}

function even(side: number): number {
  const whole = Math.round(side / 2) * 2;
  if (!(whole >= SIDES.least && whole <= SIDES.most)) {
    throw new ImageError("size_invalid", `A clip's sides are ${SIDES.least} to ${SIDES.most}.`);
  }
  return whole;
}
