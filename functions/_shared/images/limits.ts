import { ImageError } from "./errors.ts";

export const MAX_INPUT_PIXELS = 40_000_000;
export const MAX_OUTPUT_PIXELS = 100_000_000;
export const MAX_SIDE = 32_767;

function megapixels(pixels: number): string {
  return `${Math.ceil(pixels / 1e5) / 10} megapixels`;
}

export function checkInputSize(width: number, height: number, most = MAX_INPUT_PIXELS): void {
  if (width < 1 || height < 1) {
    throw new ImageError("image_unreadable", "The picture's header says that it has no pixels.");
  }
  if (width * height > most) {
    throw new ImageError(
      "image_too_large",
      `The picture has ${megapixels(width * height)}; at most ${megapixels(most)} are accepted.`,
    );
  }
  if (Math.max(width, height) > MAX_SIDE) {
    throw new ImageError("image_too_large", `A side may have at most ${MAX_SIDE} pixels.`);
  }
}

export function checkOutputSize(width: number, height: number): void {
  if (width * height > MAX_OUTPUT_PIXELS) {
    throw new ImageError(
      "image_too_large",
      `The result would have ${megapixels(width * height)}; at most ${megapixels(MAX_OUTPUT_PIXELS)} can be made.`,
    );
  }
}
