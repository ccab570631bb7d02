import { readFile } from "node:fs/promises";
import { deflateSync } from "node:zlib";
import type { MagickFormat } from "@imagemagick/magick-wasm";
import { Resvg } from "@resvg/resvg-js";
import { expect } from "vitest";
import { decode, open, type Raster, withPixels } from "../../../functions/_shared/images/codec.ts";
import { crc32 } from "../../../functions/_shared/images/crc32.ts";
import { ImageError, type ImageErrorCode } from "../../../functions/_shared/images/mod.ts";

export type Colour = [number, number, number];

export async function demoPicture(): Promise<Uint8Array> {
  return new Uint8Array(
    await readFile(new URL("../../../scripts/demo/picture.png", import.meta.url)),
  );
}

/** Pixels drawn by a function, four samples each way, so that edges are as soft as a lens makes them. */
export function drawn(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => readonly number[],
): Raster {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sum = [0, 0, 0, 0];
      for (let i = 0; i < 16; i++) {
        const px = x + 0.5 + (((i % 4) + 0.5) / 4 - 0.5) * 1.6;
        const py = y + 0.5 + ((Math.floor(i / 4) + 0.5) / 4 - 0.5) * 1.6;
        const colour = colourAt(px, py);
        for (let c = 0; c < 4; c++) sum[c] = (sum[c] ?? 0) + (colour[c] ?? 255) / 16;
      }
      data.set(sum.map(Math.round), (y * width + x) * 4);
    }
  }
  return { data, width, height };
}

/** The same noise in every run. */
export function noisy(raster: Raster, most: number): Raster {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const data = raster.data.map((value, i) =>
    i % 4 === 3
      ? value
      : Math.min(255, Math.max(0, value + Math.round((random() + random() - 1) * most))),
  );
  return { ...raster, data };
}

export function encoded(raster: Raster, format: MagickFormat, quality = 90): Promise<Uint8Array> {
  return withPixels(raster, (image) => {
    image.quality = quality;
    return image.write(format, (bytes) => bytes.slice());
  });
}

export function pixel({ data, width }: Raster, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}

export function over({ data, width, height }: Raster, colour: Colour): Raster {
  const out = new Uint8Array(data.length).fill(255);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = (data[i + 3] ?? 0) / 255;
    for (let c = 0; c < 3; c++) {
      out[i + c] = Math.round((data[i + c] ?? 0) * alpha + (colour[c] ?? 0) * (1 - alpha));
    }
  }
  return { data: out, width, height };
}

export function meanError(a: Raster, b: Raster): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0));
  return sum / ((a.data.length / 4) * 3);
}

export function psnr(a: Raster, b: Raster): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += ((a.data[i] ?? 0) - (b.data[i] ?? 0)) ** 2;
  return 10 * Math.log10((255 ** 2 * (a.data.length / 4) * 3) / sum);
}

/** Structural similarity of the brightness, in blocks of 8 by 8. */
export function ssim(a: Raster, b: Raster): number {
  const light = ({ data }: Raster, at: number) =>
    0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
  let total = 0;
  let blocks = 0;
  for (let y = 0; y + 8 <= a.height; y += 4) {
    for (let x = 0; x + 8 <= a.width; x += 4) {
      let sa = 0;
      let sb = 0;
      let saa = 0;
      let sbb = 0;
      let sab = 0;
      for (let i = 0; i < 64; i++) {
        const at = ((y + (i >> 3)) * a.width + x + (i & 7)) * 4;
        const la = light(a, at);
        const lb = light(b, at);
        sa += la / 64;
        sb += lb / 64;
        saa += (la * la) / 64;
        sbb += (lb * lb) / 64;
        sab += (la * lb) / 64;
      }
      const means = (2 * sa * sb + 6.5) / (sa * sa + sb * sb + 6.5);
      const spreads = (2 * (sab - sa * sb) + 58.5) / (saa - sa * sa + sbb - sb * sb + 58.5);
      total += means * spreads;
      blocks += 1;
    }
  }
  return total / blocks;
}

export function rendered(svg: Uint8Array): Raster {
  const image = new Resvg(new TextDecoder().decode(svg)).render();
  const { width, height } = image;
  // resvg multiplies alpha in.
  const data = new Uint8Array(image.pixels);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = (data[i + 3] ?? 0) / 255;
    if (alpha > 0)
      for (let c = 0; c < 3; c++) data[i + c] = Math.min(255, (data[i + c] ?? 0) / alpha);
  }
  return { data, width, height };
}

export async function refusal(work: Promise<unknown>, code: ImageErrorCode): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ImageError);
  expect((error as ImageError).code).toBe(code);
  expect((error as ImageError).message).toMatch(/^[A-Z].*\.$/);
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + body.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, body.length);
  out.set(new TextEncoder().encode(type), 4);
  out.set(body, 8);
  view.setUint32(8 + body.length, crc32(out.subarray(4, 8 + body.length)));
  return out;
}

/** A PNG put together by hand, so that its header may say anything. */
export function handMadePng(
  width: number,
  height: number,
  depth: 8 | 16,
  rows: Uint8Array,
): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([depth, 2], 8);
  return new Uint8Array(
    Buffer.concat([
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
      chunk("IHDR", header),
      chunk("IDAT", new Uint8Array(deflateSync(rows))),
      chunk("IEND", new Uint8Array()),
    ]),
  );
}

export { decode, open };
