// biome-ignore-all lint/style/noNonNullAssertion: typed arrays, indexed within their length.
// What the background looks like everywhere, also behind the subject: a smooth surface fitted to
// the picture's rim, and later corrected by the background found.
import type { Raster } from "./codec.ts";
import { ImageError } from "./errors.ts";

/** A surface of second degree over x and y in -1 to 1, three colours. */
export interface Backdrop {
  surface: Float64Array[];
  /** The noise around the surface, in levels. */
  noise: number;
}

interface Sample {
  terms: number[];
  colour: [number, number, number];
}

const SAMPLES = 4000;
/** At least this share of the rim must look like one background. */
const MOST = 0.55;
const MOST_NOISE = 11;

function termsAt(x: number, y: number, width: number, height: number): number[] {
  const u = (2 * x) / width - 1;
  const v = (2 * y) / height - 1;
  return [1, u, v, u * u, u * v, v * v];
}

export function fitBackdrop(raster: Raster): Backdrop {
  const samples = rimSamples(raster);
  let best: { kept: Sample[]; surface: Float64Array[]; noise: number } | undefined;
  for (const start of commonColours(samples)) {
    let kept = samples.filter(({ colour }) => far(colour, start) < 40);
    let surface: Float64Array[] = [];
    let noise = 0;
    for (let round = 0; round < 6 && kept.length > (round === 0 ? 0 : 20); round++) {
      // A plane first: a curved surface fitted to a part runs wild over the rest.
      surface = solve(kept, round < 2 ? 3 : 6);
      noise = spread(kept, surface);
      const limit = Math.min(45, Math.max(9, 4 * noise));
      kept = samples.filter(
        (sample) => far(sample.colour, colourOf(surface, sample.terms)) < limit,
      );
    }
    if (!best || kept.length > best.kept.length) best = { kept, surface, noise };
    if (kept.length > samples.length * 0.8) break;
  }
  if (!best || best.kept.length < samples.length * MOST || best.noise > MOST_NOISE) {
    throw new ImageError(
      "background_not_plain",
      "The picture has no plain background to remove. Use a picture before one even colour.",
    );
  }
  return { surface: best.surface, noise: best.noise };
}

function rimSamples({ data, width, height }: Raster): Sample[] {
  const depth = Math.min(24, Math.max(1, Math.round(Math.min(width, height) / 50)));
  const onRim = (x: number, y: number) =>
    x < depth || y < depth || x >= width - depth || y >= height - depth;
  const step = Math.max(1, Math.floor((2 * depth * (width + height)) / SAMPLES));
  const samples: Sample[] = [];
  let count = 0;
  for (let y = 0; y < height; y++) {
    const inner = y >= depth && y < height - depth;
    for (let x = 0; x < width; x++) {
      if (inner && x === depth && width > 2 * depth) x = width - depth;
      if (!onRim(x, y) || count++ % step !== 0) continue;
      const at = (y * width + x) * 4;
      if (data[at + 3]! < 128) continue;
      samples.push({
        terms: termsAt(x, y, width, height),
        colour: [data[at]!, data[at + 1]!, data[at + 2]!],
      });
    }
  }
  return samples;
}

/** The three fullest bins of the rim's colours. */
function commonColours(samples: Sample[]): [number, number, number][] {
  const bins = new Map<number, { count: number; sum: [number, number, number] }>();
  for (const { colour } of samples) {
    const key = ((colour[0] >> 4) << 8) | ((colour[1] >> 4) << 4) | (colour[2] >> 4);
    const bin = bins.get(key) ?? { count: 0, sum: [0, 0, 0] };
    bin.count += 1;
    bin.sum = [bin.sum[0] + colour[0], bin.sum[1] + colour[1], bin.sum[2] + colour[2]];
    bins.set(key, bin);
  }
  return [...bins.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
    .map(({ count, sum }) => [sum[0] / count, sum[1] / count, sum[2] / count]);
}

function far(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(Math.abs(a[0]! - b[0]!), Math.abs(a[1]! - b[1]!), Math.abs(a[2]! - b[2]!));
}

function colourOf(surface: Float64Array[], terms: number[]): [number, number, number] {
  const one = (factors: Float64Array) =>
    factors.reduce((sum, factor, i) => sum + factor * terms[i]!, 0);
  return [one(surface[0]!), one(surface[1]!), one(surface[2]!)];
}

/** 1.48 times the middle of the deviations: the standard deviation, unmoved by strays. */
function spread(samples: Sample[], surface: Float64Array[]): number {
  const off = samples.map(({ colour, terms }) => {
    const expected = colourOf(surface, terms);
    return (
      (Math.abs(colour[0] - expected[0]) +
        Math.abs(colour[1] - expected[1]) +
        Math.abs(colour[2] - expected[2])) /
      3
    );
  });
  off.sort((a, b) => a - b);
  return 1.48 * (off[off.length >> 1] ?? 0);
}

/** Least squares by the normal equations; `size` terms, the others zero. */
function solve(samples: Sample[], size: number): Float64Array[] {
  const rows = Array.from({ length: size }, () => new Float64Array(size + 3));
  for (const { terms, colour } of samples) {
    for (let i = 0; i < size; i++) {
      const row = rows[i]!;
      for (let j = 0; j < size; j++) row[j]! += terms[i]! * terms[j]!;
      for (let c = 0; c < 3; c++) row[size + c]! += terms[i]! * colour[c]!;
    }
  }
  // A little weight on small factors, for rims that do not decide them (a 1 x 1 picture).
  for (let i = 0; i < size; i++) rows[i]![i]! += i === 0 ? 1e-9 : 1e-3;
  for (let i = 0; i < size; i++) {
    const pivot = rows[i]!;
    for (const row of rows) {
      if (row === pivot) continue;
      const ratio = row[i]! / pivot[i]!;
      for (let j = i; j < size + 3; j++) row[j]! -= ratio * pivot[j]!;
    }
  }
  return [0, 1, 2].map((c) =>
    Float64Array.from({ length: 6 }, (_, i) => (i < size ? rows[i]![size + c]! / rows[i]![i]! : 0)),
  );
}

/** What the background hides: its colour at each pixel of a row. */
export class BackdropMap {
  private readonly surface: Float64Array[];
  private readonly width: number;
  private readonly height: number;
  private readonly cell: number;
  private readonly columns: number;
  private readonly lines: number;
  private correction: Float32Array | undefined;

  constructor(surface: Float64Array[], width: number, height: number) {
    this.surface = surface;
    this.width = width;
    this.height = height;
    this.cell = Math.max(12, Math.ceil(Math.max(width, height) / 48));
    this.columns = Math.ceil(width / this.cell) + 1;
    this.lines = Math.ceil(height / this.cell) + 1;
  }

  row(y: number, out: Float32Array): Float32Array {
    const { width, height, surface, correction, cell, columns } = this;
    const [, , v, , , vv] = termsAt(0, y, width, height) as [number, number, number, 0, 0, number];
    const line = Math.floor(y / cell);
    const down = y / cell - line;
    for (let c = 0; c < 3; c++) {
      const [base, du, dv, duu, duv, dvv] = surface[c] as unknown as number[] as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const constant = base + dv * v + dvv * vv;
      const slope = du + duv * v;
      for (let x = 0; x < width; x++) {
        const u = (2 * x) / width - 1;
        out[x * 3 + c] = constant + (slope + duu * u) * u;
      }
      if (!correction) continue;
      for (let column = 0; column < columns - 1; column++) {
        const at = (line * columns + column) * 3 + c;
        const below = at + columns * 3;
        const left = correction[at]! * (1 - down) + correction[below]! * down;
        const right = correction[at + 3]! * (1 - down) + correction[below + 3]! * down;
        const end = Math.min(width, (column + 1) * cell);
        for (let x = column * cell; x < end; x++) {
          out[x * 3 + c]! += left + ((right - left) * (x - column * cell)) / cell;
        }
      }
    }
    return out;
  }

  /** Learns from the background found so far what the surface misses (a lamp, a vignette). */
  learn({ data }: Raster, isBackground: (at: number) => boolean): void {
    const { width, height, cell, columns, lines } = this;
    const sums = new Float64Array(columns * lines * 3);
    const counts = new Float64Array(columns * lines);
    const expected = new Float32Array(width * 3);
    const step = cell > 24 ? 2 : 1;
    for (let y = 0; y < height; y += step) {
      this.row(y, expected);
      for (let x = 0; x < width; x += step) {
        const pixel = y * width + x;
        if (!isBackground(pixel)) continue;
        const at = Math.round(y / cell) * columns + Math.round(x / cell);
        counts[at]! += 1;
        for (let c = 0; c < 3; c++) {
          sums[at * 3 + c]! += data[pixel * 4 + c]! - expected[x * 3 + c]!;
        }
      }
    }
    const missed = spreadOut(sums, counts, columns);
    const before = this.correction;
    this.correction = before ? before.map((value, i) => value + missed[i]!) : missed;
  }
}

/** Means of the cells; those without background take what their neighbours have. */
function spreadOut(sums: Float64Array, counts: Float64Array, columns: number): Float32Array {
  const enough = 8;
  const lines = counts.length / columns;
  let values = new Float32Array(sums.length);
  const known = Uint8Array.from(counts, (count) => (count >= enough ? 1 : 0));
  known.forEach((is, at) => {
    for (let c = 0; c < 3; c++) if (is) values[at * 3 + c] = sums[at * 3 + c]! / counts[at]!;
  });
  for (let round = 0; round < columns + lines + 2; round++) {
    const next = values.slice();
    let missing = 0;
    for (let at = 0; at < known.length; at++) {
      // The last two rounds smooth all cells; the others only fill the empty ones.
      const isFilled = known[at] === 1;
      if (isFilled && round < columns + lines) continue;
      let weight = isFilled ? 4 : 0;
      const sum = [0, 1, 2].map((c) => values[at * 3 + c]! * weight);
      const x = at % columns;
      for (const [near, inside] of [
        [at - 1, x > 0],
        [at + 1, x < columns - 1],
        [at - columns, at >= columns],
        [at + columns, at + columns < known.length],
      ] as const) {
        if (!inside || known[near] === 0) continue;
        weight += 1;
        for (let c = 0; c < 3; c++) sum[c]! += values[near * 3 + c]!;
      }
      if (weight === 0) missing += 1;
      else for (let c = 0; c < 3; c++) next[at * 3 + c] = sum[c]! / weight;
      if (weight > 0 && !isFilled) known[at] = 2; // usable from the next round on
    }
    for (let at = 0; at < known.length; at++) if (known[at] === 2) known[at] = 1;
    values = next;
    if (missing === 0 && round < columns + lines) round = columns + lines - 1;
  }
  return values;
}
