import { FilterType, MagickFormat } from "@imagemagick/magick-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import {
  encodePng,
  pixelsOf,
  type Raster,
  withPixels,
} from "../../../functions/_shared/images/codec.ts";
import { drawPoster, upscale } from "../../../functions/_shared/images/mod.ts";
import { decode, demoPicture, drawn, pixel, psnr } from "./helpers.ts";

let photo: Raster;
let lettering: Raster;

beforeAll(async () => {
  photo = await decode(await demoPicture());
  lettering = await decode(
    (await drawPoster("Sharp letters stay sharp", { width: 512, height: 384 })).bytes,
  );
});

function resized(raster: Raster, factor: number, filter: FilterType): Promise<Raster> {
  return withPixels(raster, (image) => {
    image.resize(Math.round(raster.width * factor), Math.round(raster.height * factor), filter);
    return pixelsOf(image);
  });
}

describe("upscale", () => {
  it.each([
    ["a photo", 2, () => photo, FilterType.Box, 1],
    ["a photo", 4, () => photo, FilterType.Box, 0.8],
    ["a photo", 4, () => photo, FilterType.Lanczos, 0.6],
    ["lettering", 2, () => lettering, FilterType.Box, 1],
    ["lettering", 4, () => lettering, FilterType.Box, 0.6],
  ] as const)(
    "brings %s, shrunk %i times, nearer to the original than bicubic",
    async (_, factor, original, filter, gain) => {
      const small = await resized(original(), 1 / factor, filter);
      const ours = await decode((await upscale((await encodePng(small)).bytes, factor)).bytes);
      const bicubic = await resized(small, factor, FilterType.Catrom);
      expect(psnr(ours, original()) - psnr(bicubic, original())).toBeGreaterThan(gain);
    },
  );

  it("shrinks back to its source", async () => {
    const large = await decode((await upscale(await demoPicture(), 4)).bytes);
    expect(large).toMatchObject({ width: 2048, height: 1536 });
    expect(psnr(await resized(large, 1 / 4, FilterType.Box), photo)).toBeGreaterThan(46);
  });

  it("draws no halo worth seeing beside an edge", async () => {
    const edge = drawn(40, 40, () => [200, 200, 200]);
    for (let i = 0; i < edge.data.length; i += 4) {
      if (i % 160 >= 80) edge.data.set([50, 50, 50], i);
    }
    const large = await decode((await upscale((await encodePng(edge)).bytes, 4)).bytes);
    const row = Array.from({ length: 160 }, (_, x) => pixel(large, x, 80)[0] ?? 0);
    // A twentieth of the step cannot be seen as a line beside it.
    expect(Math.max(...row)).toBeLessThanOrEqual(200 + 8);
    expect(Math.min(...row)).toBeGreaterThanOrEqual(50 - 8);
    // And far from the edge there is no ripple.
    expect(row.slice(0, 56).every((value) => Math.abs(value - 200) <= 1)).toBe(true);
  });

  it("keeps alpha, and what hides under clear pixels does not bleed out", async () => {
    // Clear pixels that are green below, beside red ones.
    const raster = drawn(24, 24, (x) => (x < 12 ? [0, 255, 0, 0] : [255, 0, 0, 255]));
    for (let i = 0; i < raster.data.length; i += 4) {
      raster.data.set((raster.data[i + 3] ?? 0) > 0 ? [255, 0, 0] : [0, 255, 0], i);
    }
    const large = await decode((await upscale((await encodePng(raster)).bytes, 4)).bytes);
    expect(pixel(large, 10, 48)[3]).toBe(0);
    expect(pixel(large, 80, 48)).toEqual([255, 0, 0, 255]);
    for (let x = 0; x < 96; x++) {
      const [, green = 0, , alpha = 0] = pixel(large, x, 48);
      if (alpha > 8) expect(green).toBeLessThan(4);
    }
  });

  it("lets timers run while it works, so that a lease can be kept", async () => {
    const source = (await encodePng(drawn(700, 700, (x, y) => [x % 256, y % 256, (x * y) % 256])))
      .bytes;
    let beats = 0;
    const timer = setInterval(() => {
      beats += 1;
    }, 10);
    await upscale(source, 4);
    clearInterval(timer);
    expect(beats).toBeGreaterThan(5);
  });

  it("answers a PNG", async () => {
    const picture = await upscale(await demoPicture(), 2);
    expect(picture).toMatchObject({ contentType: "image/png", width: 1024, height: 768 });
    expect(await withPixels(await decode(picture.bytes), (image) => image.format)).not.toBe(
      MagickFormat.Jpeg,
    );
  });
});
