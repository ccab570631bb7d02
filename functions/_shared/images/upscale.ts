// biome-ignore-all lint/style/noNonNullAssertion: typed arrays, indexed within their length.
// Lanczos-3 with the sharpening built in. Plain interpolation blurs: shrunk back, its result is
// softer than the source. So the source is first run through the inverse of "enlarge, then
// shrink"; the result then shrinks back to the source, which makes it sharp without the halos of
// a sharpening that guesses. What rings is held near the range of the neighbouring pixels.
import { accept, decode, isOpaque, type Picture, type Raster } from "./codec.ts";
import { INVERSE_RADIUS, inverseOf, LOBES, type Phase, phasesOf } from "./kernels.ts";
import { checkOutputSize } from "./limits.ts";
import { writePng } from "./png.ts";

/** How far a value may leave its neighbours' range, as a share of that range. */
const OVERSHOOT = 0.05;

export async function upscale(bytes: Uint8Array, factor: 2 | 4): Promise<Picture> {
  const header = accept(bytes);
  checkOutputSize(header.width * factor, header.height * factor);
  const source = await decode(bytes);
  const width = source.width * factor;
  const height = source.height * factor;
  const channels = isOpaque(source) ? 3 : 4;
  const rows = enlargedRows(source, factor, channels);
  const png = await writePng({ width, height, channels, rows });
  return { bytes: png, contentType: "image/png", width, height };
}

type Rows = (y: number) => Float32Array;

/** Makes each row once and keeps the last few; rows beyond the edge repeat the edge. */
function kept(height: number, count: number, make: Rows): Rows {
  const rows = new Array<Float32Array | undefined>(count);
  const names = new Array<number>(count).fill(-1);
  return (y) => {
    const at = Math.min(height - 1, Math.max(0, y));
    const slot = at % count;
    if (names[slot] !== at) {
      rows[slot] = make(at);
      names[slot] = at;
    }
    return rows[slot] as Float32Array;
  };
}

function* enlargedRows(source: Raster, factor: number, channels: 3 | 4): Generator<Uint8Array> {
  const { width, height } = source;
  const phases = phasesOf(factor);
  const inverse = inverseOf(phases);
  const plain = kept(height, INVERSE_RADIUS * 2 + 4, (y) => premultiplied(source, y, channels));
  const wide = kept(height, LOBES * 2 + 2, (y) =>
    enlargeAcross(
      sharpenAcross(sharpenDown(plain, y, inverse), channels, inverse),
      channels,
      phases,
    ),
  );
  const limits = [new Float32Array(width * channels), new Float32Array(width * channels)] as const;
  const sums = new Float32Array(width * factor * channels);
  const out = new Uint8Array(sums.length);
  for (let y = 0; y < height; y++) {
    findLimits(plain(y - 1), plain(y), plain(y + 1), channels, limits);
    for (const { first, weights } of phases) {
      addRows(wide, y + first, weights, sums);
      holdWithin(sums, limits, factor, channels);
      if (channels === 4) unmultiply(sums, out);
      else out.set(sums); // the limits lie within a byte, and a typed array cuts the rest
      yield out;
    }
  }
}

/** Colours weighted by alpha, so that what hides under transparent pixels cannot bleed out. */
function premultiplied({ data, width }: Raster, y: number, channels: 3 | 4): Float32Array {
  const row = new Float32Array(width * channels);
  let from = y * width * 4;
  for (let to = 0; to < row.length; to += channels, from += 4) {
    const alpha = data[from + 3]! / 255;
    row[to] = data[from]! * alpha;
    row[to + 1] = data[from + 1]! * alpha;
    row[to + 2] = data[from + 2]! * alpha;
    if (channels === 4) row[to + 3] = data[from + 3]!;
  }
  return row;
}

function sharpenDown(rows: Rows, y: number, inverse: Float32Array): Float32Array {
  const out = new Float32Array(rows(y).length);
  inverse.forEach((weight, tap) => {
    const row = rows(y + tap - INVERSE_RADIUS);
    for (let i = 0; i < out.length; i++) out[i]! += weight * row[i]!;
  });
  return out;
}

function sharpenAcross(row: Float32Array, channels: number, inverse: Float32Array): Float32Array {
  const edge = INVERSE_RADIUS * channels;
  const source = padded(row, channels, INVERSE_RADIUS);
  const out = new Float32Array(row.length);
  for (let i = 0; i < row.length; i++) {
    let sum = inverse[INVERSE_RADIUS]! * source[i + edge]!;
    for (let tap = 1, step = channels; tap <= INVERSE_RADIUS; tap++, step += channels) {
      const pair = source[i + edge - step]! + source[i + edge + step]!;
      sum += inverse[INVERSE_RADIUS + tap]! * pair;
    }
    out[i] = sum;
  }
  return out;
}

function enlargeAcross(row: Float32Array, channels: number, phases: Phase[]): Float32Array {
  const source = padded(row, channels, LOBES);
  const out = new Float32Array(row.length * phases.length);
  phases.forEach(({ first, weights }, phase) => {
    const [a, b, c, d, e, f] = weights as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let x = 0; x < row.length / channels; x++) {
      const from = (x + LOBES + first) * channels;
      const to = (x * phases.length + phase) * channels;
      for (let channel = 0; channel < channels; channel++) {
        const at = from + channel;
        out[to + channel] =
          a * source[at]! +
          b * source[at + channels]! +
          c * source[at + channels * 2]! +
          d * source[at + channels * 3]! +
          e * source[at + channels * 4]! +
          f * source[at + channels * 5]!;
      }
    }
  });
  return out;
}

function padded(row: Float32Array, channels: number, pixels: number): Float32Array {
  const out = new Float32Array(row.length + pixels * 2 * channels);
  out.set(row, pixels * channels);
  for (let i = 0; i < pixels * channels; i++) {
    out[i] = row[i % channels]!;
    out[out.length - 1 - i] = row[row.length - 1 - (i % channels)]!;
  }
  return out;
}

function addRows(rows: Rows, first: number, weights: Float32Array, sums: Float32Array): void {
  const [a, b, c, d, e, f] = weights as unknown as [number, number, number, number, number, number];
  const r0 = rows(first);
  const r1 = rows(first + 1);
  const r2 = rows(first + 2);
  const r3 = rows(first + 3);
  const r4 = rows(first + 4);
  const r5 = rows(first + 5);
  for (let i = 0; i < sums.length; i++) {
    sums[i] = a * r0[i]! + b * r1[i]! + c * r2[i]! + d * r3[i]! + e * r4[i]! + f * r5[i]!;
  }
}

/** The range of each pixel and its eight neighbours, a little widened. */
function findLimits(
  above: Float32Array,
  row: Float32Array,
  below: Float32Array,
  channels: number,
  [low, high]: readonly [Float32Array, Float32Array],
): void {
  for (let i = 0; i < row.length; i++) {
    const left = i < channels ? i : i - channels;
    const right = i + channels < row.length ? i + channels : i;
    let min = row[i]!;
    let max = min;
    for (const line of [above, row, below]) {
      const a = line[left]!;
      const b = line[i]!;
      const c = line[right]!;
      if (a < min) min = a;
      if (a > max) max = a;
      if (b < min) min = b;
      if (b > max) max = b;
      if (c < min) min = c;
      if (c > max) max = c;
    }
    const slack = (max - min) * OVERSHOOT;
    low[i] = Math.max(0, min - slack);
    high[i] = Math.min(255, max + slack);
  }
}

function holdWithin(
  sums: Float32Array,
  [low, high]: readonly [Float32Array, Float32Array],
  factor: number,
  channels: number,
): void {
  for (let from = 0, to = 0; from < low.length; from += channels) {
    for (let copy = 0; copy < factor; copy++) {
      for (let channel = 0; channel < channels; channel++, to++) {
        const value = sums[to]!;
        const min = low[from + channel]!;
        const max = high[from + channel]!;
        sums[to] = Math.min(Math.max(value, min), max) + 0.5;
      }
    }
  }
}

/** `sums` carries the half that rounds. */
function unmultiply(sums: Float32Array, out: Uint8Array): void {
  for (let i = 0; i < sums.length; i += 4) {
    const alpha = sums[i + 3]! - 0.5;
    out[i + 3] = alpha + 0.5;
    for (let channel = 0; channel < 3; channel++) {
      const value = alpha < 0.5 ? 0 : ((sums[i + channel]! - 0.5) * 255) / alpha;
      out[i + channel] = value > 255 ? 255 : value + 0.5;
    }
  }
}
