// biome-ignore-all lint/style/noNonNullAssertion: typed arrays, indexed within their length.
// What a tracer should not trace: noise. And how much there is to trace.
import type { Raster } from "./codec.ts";

export interface Texture {
  /** The share of pixels with an edge. */
  busy: number;
  /** How rough the smooth parts are, in levels. */
  noise: number;
}

export function textureOf({ data, width, height }: Raster): Texture {
  const rough = new Uint32Array(511);
  let edges = 0;
  let count = 0;
  for (let y = 0; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = (y * width + x) * 4 + 1;
      if (data[at + 2]! < 128) continue;
      const value = data[at]!;
      const right = data[at + 4]!;
      count += 1;
      if (Math.abs(right - value) + Math.abs(data[at + width * 4]! - value) > 16) edges += 1;
      rough[Math.abs(2 * value - data[at - 4]! - right)]! += 1;
    }
  }
  let below = 0;
  const noise = rough.findIndex((pixels) => {
    below += pixels;
    return below > count * 0.4;
  });
  return { busy: edges / Math.max(1, count), noise: Math.max(0, noise) };
}

/** Each pixel becomes the mean of those around it that differ by no more than `most` levels. */
export function smoothed({ data, width, height }: Raster, most: number): Raster {
  const out = data.slice();
  for (let y = 0; y < height; y++) {
    const top = Math.max(0, y - 2);
    const bottom = Math.min(height - 1, y + 2);
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const red = data[at]!;
      const green = data[at + 1]!;
      const blue = data[at + 2]!;
      const first = Math.max(0, x - 2);
      const last = Math.min(width - 1, x + 2);
      let count = 0;
      let reds = 0;
      let greens = 0;
      let blues = 0;
      for (let py = top; py <= bottom; py++) {
        for (let near = (py * width + first) * 4; near <= (py * width + last) * 4; near += 4) {
          const r = data[near]! - red;
          const g = data[near + 1]! - green;
          const b = data[near + 2]! - blue;
          const isNear =
            r <= most && r >= -most && g <= most && g >= -most && b <= most && b >= -most;
          if (!isNear || data[near + 3]! < 128) continue;
          count += 1;
          reds += r;
          greens += g;
          blues += b;
        }
      }
      if (count === 0) continue;
      out[at] = red + Math.round(reds / count);
      out[at + 1] = green + Math.round(greens / count);
      out[at + 2] = blue + Math.round(blues / count);
    }
  }
  return { data: out, width, height };
}

/**
 * The pixels between two colours join the nearer one, so that an edge is traced once and not as a
 * stack of thin slivers of all the mixtures.
 */
export function snapped({ data, width, height }: Raster, reach: number): Raster {
  const out = data.slice();
  const ways = [1, width, width + 1, width - 1].map((way) => way * reach * 4);
  for (let y = reach; y < height - reach; y++) {
    for (let x = reach; x < width - reach; x++) {
      const at = (y * width + x) * 4;
      let steepest = 130;
      let nearer = at;
      for (const way of ways) {
        const span = gap(data, at - way, at + way);
        if (span <= steepest) continue;
        const before = gap(data, at, at - way);
        const after = gap(data, at, at + way);
        // Only what lies between the two: a thin line differs from both by more.
        if (before + after > span * 1.25) continue;
        steepest = span;
        nearer = before < after ? at - way : at + way;
      }
      if (nearer !== at) out.set(data.subarray(nearer, nearer + 3), at);
    }
  }
  return { data: out, width, height };
}

function gap(data: Uint8Array, a: number, b: number): number {
  return (
    Math.abs(data[a]! - data[b]!) +
    Math.abs(data[a + 1]! - data[b + 1]!) +
    Math.abs(data[a + 2]! - data[b + 2]!)
  );
}

/** Half-transparent pixels take the colour of solid neighbours: at half cover it is a guess. */
export function solidColours({ data, width, height }: Raster): Raster {
  const out = data.slice();
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = (y * width + x) * 4;
      if (data[at + 3] === 0 || data[at + 3]! > 245) continue;
      const sum = [0, 0, 0];
      let count = 0;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const near = at + (dy * width + dx) * 4;
          if (data[near + 3]! <= 245) continue;
          count += 1;
          for (let c = 0; c < 3; c++) sum[c]! += data[near + c]!;
        }
      }
      if (count > 0) for (let c = 0; c < 3; c++) out[at + c] = Math.round(sum[c]! / count);
    }
  }
  return { data: out, width, height };
}
