// biome-ignore-all lint/style/noNonNullAssertion: typed arrays, indexed within their length.
import { BackdropMap, fitBackdrop } from "./backdrop.ts";
import { decode, encodePng, isInvisible, type Picture, type Raster } from "./codec.ts";
import { ImageError } from "./errors.ts";
import { cutOut } from "./matte.ts";
import {
  BACKGROUND,
  differences,
  dropFringe,
  dropSpecks,
  floodFromRim,
  markShadow,
  SUBJECT,
} from "./regions.ts";

/** A PNG of the subject alone; a soft shadow stays as a transparent one. */
export async function removeBackground(bytes: Uint8Array): Promise<Picture> {
  const raster = await decode(bytes);
  if (isInvisible(raster)) {
    throw new ImageError("image_empty", "Every pixel of the picture is transparent.");
  }
  // A picture whose background is gone already is what was asked for.
  if (hasClearRim(raster)) return encodePng(raster);

  const { width, height } = raster;
  const { surface, noise } = fitBackdrop(raster);
  const backdrop = new BackdropMap(surface, width, height);
  const tolerance = Math.min(26, Math.max(5, 3.5 + 2 * noise));
  // The first pass is wide and finds enough background to learn its light; the second decides.
  let difference = differences(raster, backdrop);
  let region = floodFromRim(difference, width, height, tolerance * 1.5);
  backdrop.learn(raster, (at) => region[at] === BACKGROUND);
  difference = differences(raster, backdrop);
  region = floodFromRim(difference, width, height, tolerance);
  dropFringe(region, difference, width, tolerance);
  dropSpecks(region, difference, width, tolerance);
  if (!region.includes(SUBJECT)) {
    throw new ImageError("subject_not_found", "The picture shows nothing but background.");
  }
  if (markShadow(raster, backdrop, difference, region, tolerance)) {
    dropSpecks(region, difference, width, tolerance);
  }
  return encodePng(cutOut(raster, backdrop, difference, region));
}

function hasClearRim({ data, width, height }: Raster): boolean {
  let clear = 0;
  const look = (x: number, y: number) => {
    if (data[(y * width + x) * 4 + 3]! < 16) clear += 1;
  };
  for (let x = 0; x < width; x++) {
    look(x, 0);
    look(x, height - 1);
  }
  for (let y = 0; y < height; y++) {
    look(0, y);
    look(width - 1, y);
  }
  return clear > (width + height) * 0.7;
}
