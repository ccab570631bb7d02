import { MagickFormat } from "@imagemagick/magick-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { encodePng, type Raster } from "../../../functions/_shared/images/codec.ts";
import { removeBackground } from "../../../functions/_shared/images/mod.ts";
import {
  type Colour,
  decode,
  demoPicture,
  drawn,
  encoded,
  meanError,
  noisy,
  over,
  pixel,
  refusal,
} from "./helpers.ts";

async function cut(bytes: Uint8Array): Promise<Raster> {
  const picture = await removeBackground(bytes);
  expect(picture.contentType).toBe("image/png");
  return decode(picture.bytes);
}

function alphas(raster: Raster, where: (x: number, y: number) => boolean): number[] {
  const found: number[] = [];
  for (let y = 0; y < raster.height; y++) {
    for (let x = 0; x < raster.width; x++) {
      if (where(x, y)) found.push(pixel(raster, x, y)[3] ?? 0);
    }
  }
  return found;
}

describe("the demo picture", () => {
  let result: Raster;
  beforeAll(async () => {
    result = await cut(await demoPicture());
  });

  it("loses its background to the last pixel and keeps its size", () => {
    expect(result).toMatchObject({ width: 512, height: 384 });
    for (const [x, y] of [
      [0, 0],
      [511, 0],
      [0, 383],
      [511, 383],
      [100, 190],
      [256, 20],
      [256, 370],
    ] as const) {
      expect(pixel(result, x, y)[3]).toBe(0);
    }
    const outside = alphas(result, (x, y) => x < 172 || x > 339 || y < 46 || y > 346);
    expect(outside.every((alpha) => alpha === 0)).toBe(true);
  });

  it("keeps the bottle whole, with the label that has the background's colour", async () => {
    const inside = alphas(result, (x, y) => x > 184 && x < 328 && y > 176 && y < 330);
    expect(inside.every((alpha) => alpha === 255)).toBe(true);
    const original = await decode(await demoPicture());
    for (const [x, y] of [
      [256, 150],
      [215, 205],
      [290, 290],
      [256, 250],
    ] as const) {
      expect(pixel(result, x, y)).toEqual(pixel(original, x, y));
    }
  });

  it("has soft edges", () => {
    const partial = alphas(result, () => true).filter((alpha) => alpha > 12 && alpha < 243);
    expect(partial.length).toBeGreaterThan(900); // the outline is about 900 pixels long
    expect(partial.length).toBeLessThan(4500);
  });

  it("shows no halo of the old background over magenta, black or white", () => {
    // Where the bottle's side crosses row 250, what is there must be glass mixed with the new
    // background and nothing else: the light grey that was there would stand out of that line.
    for (const ground of [
      [255, 0, 255],
      [0, 0, 0],
      [255, 255, 255],
    ] as Colour[]) {
      const shown = over(result, ground);
      for (const y of [200, 250, 300]) {
        for (let x = 174; x < 186; x++) {
          const glass = pixel(shown, 187, y);
          const seen = pixel(shown, x, y);
          const share = (pixel(result, x, y)[3] ?? 0) / 255;
          for (let c = 0; c < 3; c++) {
            const expected = (glass[c] ?? 0) * share + (ground[c] ?? 0) * (1 - share);
            expect(Math.abs((seen[c] ?? 0) - expected)).toBeLessThan(26);
          }
        }
      }
    }
  });
});

describe("backgrounds", () => {
  const star = (x: number, y: number) =>
    Math.hypot(x - 150, y - 110) < 62 + 24 * Math.cos(5 * Math.atan2(y - 110, x - 150));
  const onGradient = drawn(300, 220, (x, y) =>
    star(x, y) ? [210, 40, 30] : [60 + y / 3, 110 + y / 3, 180 + y / 4],
  );

  it("may be a gradient with noise and JPEG artefacts", async () => {
    const bytes = await encoded(noisy(onGradient, 4), MagickFormat.Jpeg, 60);
    const result = await cut(bytes);
    expect(
      alphas(result, (x, y) => Math.hypot(x - 150, y - 110) > 92).every((alpha) => alpha === 0),
    ).toBe(true);
    expect(
      alphas(result, (x, y) => Math.hypot(x - 150, y - 110) < 34).every((alpha) => alpha === 255),
    ).toBe(true);
    const truth = drawn(300, 220, (x, y) => [210, 40, 30, star(x, y) ? 255 : 0]);
    expect(meanError(over(result, [0, 0, 0]), over(truth, [0, 0, 0]))).toBeLessThan(3);
  });

  it("stays where it is enclosed by the subject", async () => {
    const ring = drawn(200, 200, (x, y) => {
      const far = Math.hypot(x - 100, y - 100);
      return far < 80 && far > 40 ? [230, 180, 40] : [244, 244, 244];
    });
    const result = await cut((await encodePng(ring)).bytes);
    expect(pixel(result, 100, 100)).toEqual([244, 244, 244, 255]);
    expect(pixel(result, 5, 100)[3]).toBe(0);
  });

  it("may be touched by a subject that is cut off by the picture", async () => {
    const bust = drawn(200, 200, (x, y) =>
      y > 60 && Math.abs(x - 100) < 50 ? [40, 60, 120] : [236, 236, 234],
    );
    const result = await cut(await encoded(bust, MagickFormat.Jpeg, 85));
    expect(pixel(result, 100, 199)[3]).toBe(255);
    expect(pixel(result, 20, 199)[3]).toBe(0);
  });

  it("keeps a soft shadow as a dark one over any ground", async () => {
    const ball = drawn(350, 300, (x, y) => {
      if (Math.hypot(x - 175, y - 140) < 85) return [200, 60, 50];
      const shadow = 0.4 * Math.exp(-(((x - 175) / 85) ** 2) - ((y - 232) / 14) ** 2);
      return [247 * (1 - shadow), 247 * (1 - shadow), 247 * (1 - shadow)];
    });
    const result = await cut((await encodePng(ball)).bytes);
    const [red, green, blue, alpha = 0] = pixel(result, 175, 234);
    expect([red, green, blue]).toEqual([0, 0, 0]);
    expect(alpha / 255).toBeGreaterThan(0.3);
    expect(alpha / 255).toBeLessThan(0.5);
    expect(pixel(result, 175, 140)[3]).toBe(255);
    expect(pixel(result, 10, 10)[3]).toBe(0);
  });

  it("is refused when it is not plain", async () => {
    const tiles = drawn(200, 200, (x, y) =>
      ((x >> 4) + (y >> 4)) % 2 ? [200, 60, 60] : [240, 230, 200],
    );
    await refusal(removeBackground((await encodePng(tiles)).bytes), "background_not_plain");
    const snow = noisy(
      drawn(200, 200, () => [128, 128, 128]),
      120,
    );
    await refusal(removeBackground((await encodePng(snow)).bytes), "background_not_plain");
  });

  it("is all there is: refused", async () => {
    const wall = noisy(
      drawn(200, 200, (x) => [200 + x / 10, 200, 190]),
      3,
    );
    await refusal(removeBackground((await encodePng(wall)).bytes), "subject_not_found");
  });

  it("that is gone already stays gone", async () => {
    const sticker = drawn(60, 60, (x, y) => [
      200,
      30,
      90,
      Math.hypot(x - 30, y - 30) < 20 ? 255 : 0,
    ]);
    const bytes = (await encodePng(sticker)).bytes;
    expect(await cut(bytes)).toEqual(await decode(bytes));
  });
});
