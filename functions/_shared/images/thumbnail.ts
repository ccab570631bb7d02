import { FilterType, MagickFormat } from "@imagemagick/magick-wasm";
import { open, type Picture } from "./codec.ts";
import { MAX_OUTPUT_PIXELS } from "./limits.ts";

/** A small WebP that fits a square; a picture that fits already keeps its size. */
export function thumbnail(bytes: Uint8Array, maxSide = 256): Promise<Picture> {
  return open(
    bytes,
    (image) => {
      const scale = Math.min(1, maxSide / Math.max(image.width, image.height));
      const width = Math.max(1, Math.round(image.width * scale));
      const height = Math.max(1, Math.round(image.height * scale));
      if (scale < 1) image.resize(width, height, FilterType.Lanczos2);
      image.strip();
      image.quality = 82;
      const small = image.write(MagickFormat.WebP, (data) => data.slice());
      return { bytes: small, contentType: "image/webp", width, height };
    },
    // The largest result of an upscale still gets its thumbnail.
    { most: MAX_OUTPUT_PIXELS, side: maxSide * 2 },
  );
}
