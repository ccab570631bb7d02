// biome-ignore-all lint/style/noNonNullAssertion: typed arrays, indexed within their length.
import {
  ColorProfile,
  ColorSpace,
  type IMagickImage,
  MagickFormat,
  MagickImage,
  MagickReadSettings,
} from "@imagemagick/magick-wasm";
import { ImageError } from "./errors.ts";
import { type Header, readHeader } from "./header.ts";
import { checkInputSize } from "./limits.ts";
import { writePng } from "./png.ts";
import { srgbProfile } from "./srgb.ts";
import { loadMagick } from "./wasm.ts";

export interface Picture {
  bytes: Uint8Array;
  contentType: string;
  width: number;
  height: number;
}

/** Eight-bit sRGB pixels, four bytes each, alpha not multiplied in. */
export interface Raster {
  data: Uint8Array;
  width: number;
  height: number;
}

const FORMATS: Record<Header["contentType"], MagickFormat> = {
  "image/png": MagickFormat.Png,
  "image/jpeg": MagickFormat.Jpeg,
  "image/webp": MagickFormat.WebP,
  "image/gif": MagickFormat.Gif,
};

/** Type and size by the real header, whatever the file is called; nothing is decoded. */
export async function inspect(
  bytes: Uint8Array,
): Promise<{ contentType: string; width: number; height: number }> {
  const { contentType, width, height } = readHeader(bytes);
  return { contentType, width, height };
}

/** Checks the header against the limits; throws what a decoder must not be asked to do. */
export function accept(bytes: Uint8Array, most?: number): Header {
  const header = readHeader(bytes);
  checkInputSize(header.width, header.height, most);
  if (header.animated) {
    throw new ImageError("image_unsupported", "Animated pictures are not supported; send a still.");
  }
  return header;
}

/** Opens an accepted picture upright and in sRGB. `side` lets JPEG skip detail not needed. */
export async function open<T>(
  bytes: Uint8Array,
  use: (image: IMagickImage) => T,
  { most, side }: { most?: number; side?: number } = {},
): Promise<T> {
  const header = accept(bytes, most);
  await loadMagick();
  const settings = new MagickReadSettings({ format: FORMATS[header.contentType] });
  if (side) settings.setDefine(MagickFormat.Jpeg, "size", `${side}x${side}`);
  const image = MagickImage.create();
  try {
    return use(upright(read(image, bytes, settings)));
  } finally {
    image.dispose();
  }
}

function read(image: IMagickImage, bytes: Uint8Array, settings: MagickReadSettings): IMagickImage {
  // A decoder that fills a hole with grey only warns.
  let damage: unknown;
  image.onWarning = ({ error }) => {
    if (/premature|corrupt|truncat|unexpected|not enough/i.test(error.message)) damage ??= error;
  };
  try {
    image.read(bytes, settings);
  } catch (error) {
    damage ??= error;
  }
  if (damage) {
    throw new ImageError("image_unreadable", "The file is damaged or cut off.", { cause: damage });
  }
  return image;
}

function upright(image: IMagickImage): IMagickImage {
  image.autoOrient();
  const profile = image.getColorProfile();
  if (profile) {
    try {
      image.transformColorSpace(new ColorProfile(srgbProfile()));
    } catch {
      // A broken profile is no reason to refuse the picture.
    }
  }
  if (image.colorSpace !== ColorSpace.sRGB) image.colorSpace = ColorSpace.sRGB;
  return image;
}

export function decode(bytes: Uint8Array): Promise<Raster> {
  return open(bytes, pixelsOf);
}

export function pixelsOf(image: IMagickImage): Raster {
  const { width, height } = image;
  const data = image.getPixels((pixels) => pixels.toByteArray(0, 0, width, height, "RGBA"));
  if (!data) throw new ImageError("image_unreadable", "The picture has no pixels.");
  return { data, width, height };
}

/** Hands pixels to ImageMagick. */
export async function withPixels<T>(raster: Raster, use: (image: IMagickImage) => T): Promise<T> {
  await loadMagick();
  const settings = new MagickReadSettings({
    format: MagickFormat.Rgba,
    width: raster.width,
    height: raster.height,
    depth: 8,
  });
  const image = MagickImage.create();
  try {
    image.read(raster.data, settings);
    return use(image);
  } finally {
    image.dispose();
  }
}

export async function encodePng(raster: Raster): Promise<Picture> {
  const { data, width, height } = raster;
  const channels = isOpaque(raster) ? 3 : 4;
  function* rows() {
    const short = new Uint8Array(width * 3);
    for (let y = 0; y < height; y++) {
      const row = data.subarray(y * width * 4, (y + 1) * width * 4);
      yield channels === 4 ? row : withoutAlpha(row, short);
    }
  }
  const bytes = await writePng({ width, height, channels, rows: rows() });
  return { bytes, contentType: "image/png", width, height };
}

export function isOpaque({ data }: Raster): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
}

export function isInvisible({ data }: Raster): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) return false;
  return true;
}

function withoutAlpha(row: Uint8Array, out: Uint8Array): Uint8Array {
  for (let i = 0, j = 0; i < row.length; i += 4, j += 3) {
    out[j] = row[i]!;
    out[j + 1] = row[i + 1]!;
    out[j + 2] = row[i + 2]!;
  }
  return out;
}
