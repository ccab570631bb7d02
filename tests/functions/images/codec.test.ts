import { ColorSpace, MagickFormat, MagickImageCollection } from "@imagemagick/magick-wasm";
import { describe, expect, it } from "vitest";
import { encodePng } from "../../../functions/_shared/images/codec.ts";
import {
  inspect,
  removeBackground,
  thumbnail,
  upscale,
  vectorize,
} from "../../../functions/_shared/images/mod.ts";
import {
  decode,
  demoPicture,
  drawn,
  encoded,
  handMadePng,
  meanError,
  open,
  pixel,
  refusal,
} from "./helpers.ts";

const card = drawn(60, 40, (x, y) =>
  x < 30 ? [220, 40, 40] : y < 20 ? [40, 200, 60] : [50, 60, 210],
);
const everyOperation = [
  (bytes: Uint8Array) => upscale(bytes, 4),
  removeBackground,
  vectorize,
  (bytes: Uint8Array) => thumbnail(bytes),
];

/** The card as a JPEG whose EXIF says how it was held. */
async function turnedJpeg(orientation: number): Promise<Uint8Array> {
  const jpeg = await encoded(card, MagickFormat.Jpeg, 95);
  const tiff = [
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    1,
    18,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  const body = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  return Uint8Array.from([
    0xff,
    0xd8,
    0xff,
    0xe1,
    0,
    body.length + 2,
    ...body,
    ...jpeg.subarray(2),
  ]);
}

async function gif(frames: number): Promise<Uint8Array> {
  const one = await encoded(card, MagickFormat.Gif);
  const collection = MagickImageCollection.create();
  for (let i = 0; i < frames; i++) {
    const part = MagickImageCollection.create(one);
    const frame = part.shift();
    if (frame) collection.push(frame);
  }
  return collection.write(MagickFormat.Gif, (bytes) => bytes.slice());
}

describe("inspect", () => {
  it.each([
    ["image/png", MagickFormat.Png],
    ["image/jpeg", MagickFormat.Jpeg],
    ["image/webp", MagickFormat.WebP],
    ["image/gif", MagickFormat.Gif],
  ])("tells %s and its size by the header", async (contentType, format) => {
    const bytes = await encoded(card, format);
    expect(await inspect(bytes)).toEqual({ contentType, width: 60, height: 40 });
  });

  it("tells the size of every kind of WebP", async () => {
    const clear = drawn(60, 40, (x) => [200, 30, 90, x < 20 ? 0 : 255]);
    const lossless = await encoded(clear, MagickFormat.WebP, 100);
    expect(await inspect(lossless)).toMatchObject({ width: 60, height: 40 });
    const lossy = await encoded(clear, MagickFormat.WebP, 60);
    expect(await inspect(lossy)).toMatchObject({ width: 60, height: 40 });
  });

  it.each([
    ["an SVG", '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'],
    ["a web page", "<!doctype html><html><body>hello</body></html>"],
    ["a zip file", "PK\x03\x04\x14\0\0\0"],
    ["ImageMagick's own drawing language", "push graphic-context\nviewbox 0 0 9 9"],
  ])("refuses %s", async (_, text) => {
    const bytes = new TextEncoder().encode(text);
    await refusal(inspect(bytes), "image_unsupported");
    for (const operation of everyOperation) await refusal(operation(bytes), "image_unsupported");
  });

  it("refuses no bytes at all", async () => {
    await refusal(inspect(new Uint8Array()), "image_unreadable");
  });
});

describe("limits", () => {
  it("refuses a bomb by its header, before decoding", async () => {
    // A decoder would find a damaged file here: that the answer is another one proves the order.
    const bomb = handMadePng(50_000, 50_000, 8, new Uint8Array(9));
    const before = process.memoryUsage.rss();
    for (const operation of everyOperation) await refusal(operation(bomb), "image_too_large");
    expect(process.memoryUsage.rss() - before).toBeLessThan(20e6);
  });

  it("refuses a GIF frame that is larger than its screen says", async () => {
    const bytes = await gif(1);
    const frame = bytes.indexOf(0x2c, 13 + 3 * 2 ** (((bytes[10] ?? 0) % 8) + 1));
    bytes.set([0xff, 0xff, 0xff, 0xff], frame + 5);
    await refusal(thumbnail(bytes), "image_too_large");
  });

  it("refuses an upscale to more than 100 megapixels, by the header too", async () => {
    const bytes = handMadePng(4000, 3000, 8, new Uint8Array(9));
    await refusal(upscale(bytes, 4), "image_too_large");
    await refusal(upscale(bytes, 2), "image_unreadable"); // small enough, and then damaged
  });
});

describe("decoding", () => {
  it.each([
    ["PNG", MagickFormat.Png],
    ["JPEG", MagickFormat.Jpeg],
    ["WebP", MagickFormat.WebP],
    ["GIF", MagickFormat.Gif],
  ])("refuses a %s that is cut off", async (_, format) => {
    const whole = await encoded(await decode(await demoPicture()), format);
    for (const share of [0.02, 0.5, 0.9]) {
      const cut = whole.slice(0, Math.floor(whole.length * share));
      await refusal(thumbnail(cut), "image_unreadable");
    }
  });

  it("applies the EXIF orientation", async () => {
    for (const [orientation, x, y] of [
      [3, 55, 20],
      [6, 20, 5],
      [8, 20, 55],
    ] as const) {
      const bytes = await turnedJpeg(orientation);
      const size = orientation === 3 ? { width: 60, height: 40 } : { width: 40, height: 60 };
      expect(await inspect(bytes)).toMatchObject(size);
      const raster = await decode(bytes);
      expect(raster).toMatchObject(size);
      const [red = 0, green = 255] = pixel(raster, x, y);
      expect(red).toBeGreaterThan(190);
      expect(green).toBeLessThan(80);
    }
  });

  it("reads 16 bits a channel", async () => {
    const rows = new Uint8Array(2 * 13);
    rows.set([0, 0xff, 0xff, 0x80, 0x00, 0x00, 0x10], 0);
    const raster = await decode(handMadePng(2, 2, 16, rows));
    expect(pixel(raster, 0, 0)).toEqual([255, 128, 0, 255]);
  });

  it("brings a CMYK JPEG to the colours it shows", async () => {
    const cmyk = await open(await encodePng(card).then((png) => png.bytes), (image) => {
      image.colorSpace = ColorSpace.CMYK;
      return image.write(MagickFormat.Jpeg, (bytes) => bytes.slice());
    });
    expect(meanError(await decode(cmyk), card)).toBeLessThan(6);
  });

  it("refuses an animation and takes a still GIF", async () => {
    await refusal(thumbnail(await gif(2)), "image_unsupported");
    expect(await thumbnail(await gif(1))).toMatchObject({ width: 60, height: 40 });
  });

  it("does not lose a pixel on the way through its own PNG", async () => {
    const soft = drawn(37, 23, (x, y) => [x * 6, y * 9, (x * y) % 256, x * 7]);
    expect(await decode((await encodePng(soft)).bytes)).toEqual(soft);
  });

  it("works on a single pixel and says so where there is nothing to do", async () => {
    const dot = (await encodePng(drawn(1, 1, () => [200, 30, 90]))).bytes;
    const large = await upscale(dot, 4);
    expect(pixel(await decode(large.bytes), 3, 3)).toEqual([200, 30, 90, 255]);
    expect(await thumbnail(dot)).toMatchObject({ width: 1, height: 1 });
    expect(await vectorize(dot)).toMatchObject({ width: 1, height: 1 });
    await refusal(removeBackground(dot), "subject_not_found");
  });

  it("keeps a picture without a visible pixel invisible", async () => {
    const nothing = (await encodePng(drawn(20, 20, () => [90, 90, 90, 0]))).bytes;
    expect(pixel(await decode((await upscale(nothing, 2)).bytes), 20, 20)[3]).toBe(0);
    expect(pixel(await decode((await thumbnail(nothing)).bytes), 10, 10)[3]).toBe(0);
    await refusal(removeBackground(nothing), "image_empty");
    await refusal(vectorize(nothing), "image_empty");
  });
});

describe("thumbnail", () => {
  it("fits a square, keeps the proportions and the look", async () => {
    const small = await thumbnail(await demoPicture());
    expect(small).toMatchObject({ contentType: "image/webp", width: 256, height: 192 });
    expect(small.bytes.length).toBeLessThan(8000);
    expect(await inspect(small.bytes)).toMatchObject({ width: 256, height: 192 });
    const [red = 0, , blue = 0] = pixel(await decode(small.bytes), 100, 90);
    expect(blue - red).toBeGreaterThan(80);
  });

  it("keeps alpha and takes another size", async () => {
    const clear = (await encodePng(drawn(300, 100, (x) => [200, 30, 90, x < 150 ? 0 : 255]))).bytes;
    const small = await thumbnail(clear, 90);
    expect(small).toMatchObject({ width: 90, height: 30 });
    const raster = await decode(small.bytes);
    expect(pixel(raster, 10, 15)[3]).toBe(0);
    expect(pixel(raster, 80, 15)[3]).toBe(255);
  });
});
