// biome-ignore-all lint/style/noNonNullAssertion: typed arrays, indexed within their length.
import { MagickFormat } from "@imagemagick/magick-wasm";
import {
  decode,
  encodePng,
  isOpaque,
  type Picture,
  pixelsOf,
  type Raster,
  withPixels,
} from "./codec.ts";
import { Furnisher } from "./furniture.ts";
import { furnitureOf } from "./rooms.ts";
import { type Decor, decorOf } from "./styles.ts";

const QUALITY = 90;

export interface StagingOrder {
  roomType?: string | undefined;
  style?: string | undefined;
}

/** The photo with furniture drawn into it, in the light of its style and as large as it was. The
 * same order makes the same picture. */
export async function stageRoom(bytes: Uint8Array, order: StagingOrder): Promise<Picture> {
  const raster = await decode(bytes);
  const decor = decorOf(order.style);
  tone(raster, decor);
  const opaque = isOpaque(raster);
  const { width, height } = raster;
  const drawn = await withPixels(raster, (image) => {
    const furnisher = new Furnisher(image, decor);
    for (const piece of furnitureOf(order.roomType)) furnisher.add(piece);
    furnisher.draw();
    if (!opaque) return pixelsOf(image);
    image.quality = QUALITY;
    return image.write(MagickFormat.Jpeg, (data) => data.slice());
  });
  if (!(drawn instanceof Uint8Array)) return await encodePng(drawn);
  return { bytes: drawn, contentType: "image/jpeg", width, height };
}

/** Light and colour of a style, the lights more than the shadows. */
function tone({ data }: Raster, { light, saturation }: Decor): void {
  for (let i = 0; i < data.length; i += 4) {
    const grey = 0.3 * data[i]! + 0.59 * data[i + 1]! + 0.11 * data[i + 2]!;
    for (let c = 0; c < 3; c++) {
      const value = (grey + (data[i + c]! - grey) * saturation) * light[c]!;
      data[i + c] = Math.min(255, Math.max(0, value));
    }
  }
}
