// biome-ignore-all lint/style/noNonNullAssertion: typed arrays, indexed within their length.
// Which pixels are background, subject or the subject's soft shadow.
import type { BackdropMap } from "./backdrop.ts";
import type { Raster } from "./codec.ts";
import { distances } from "./distance.ts";

export const SUBJECT = 0;
export const BACKGROUND = 1;
export const SHADOW = 2;

/** Differences are stored with this many steps a level. */
export const STEPS = 4;

/** How far each pixel is from the background's colour, the noise smoothed by its neighbours. */
export function differences(raster: Raster, backdrop: BackdropMap): Uint16Array {
  const { data, width, height } = raster;
  const out = new Uint16Array(width * height);
  const expected = new Float32Array(width * 3);
  const lines = [0, 1, 2].map(() => new Float32Array(width * 3));
  const load = (y: number) => {
    const line = lines[y % 3]!;
    backdrop.row(y, expected);
    for (let x = 0, i = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const seen = data[at + 3]! / 255;
      for (let c = 0; c < 3; c++, i++) line[i] = (data[at + c]! - expected[i]!) * seen;
    }
  };
  load(0);
  for (let y = 0; y < height; y++) {
    if (y + 1 < height) load(y + 1);
    const above = lines[Math.max(0, y - 1) % 3]!;
    const row = lines[y % 3]!;
    const below = lines[Math.min(height - 1, y + 1) % 3]!;
    for (let x = 0; x < width; x++) {
      const left = x > 0 ? -3 : 0;
      const right = x + 1 < width ? 3 : 0;
      let most = 0;
      for (let c = 0; c < 3; c++) {
        const i = x * 3 + c;
        const side = above[i + left]! + above[i + right]! + below[i + left]! + below[i + right]!;
        const near = above[i]! + below[i]! + row[i + left]! + row[i + right]!;
        const value = Math.abs(side + 2 * near + 4 * row[i]!) / 16;
        if (value > most) most = value;
      }
      out[y * width + x] = most * STEPS;
    }
  }
  return out;
}

/** A stack of pixels that grows as needed. */
class Stack {
  private items = new Int32Array(1 << 16);
  size = 0;
  push(item: number): void {
    if (this.size === this.items.length) {
      const larger = new Int32Array(this.size * 2);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.size++] = item;
  }
  pop(): number {
    return this.items[--this.size]!;
  }
  at(index: number): number {
    return this.items[index]!;
  }
  all(): Int32Array {
    return this.items.subarray(0, this.size);
  }
}

/** Background is what is near its colour and connected with the picture's rim. */
export function floodFromRim(
  difference: Uint16Array,
  width: number,
  height: number,
  tolerance: number,
): Uint8Array {
  const region = new Uint8Array(difference.length);
  const limit = tolerance * STEPS;
  const stack = new Stack();
  const visit = (at: number) => {
    if (region[at] === SUBJECT && difference[at]! <= limit) {
      region[at] = BACKGROUND;
      stack.push(at);
    }
  };
  for (let x = 0; x < width; x++) {
    visit(x);
    visit((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    visit(y * width);
    visit(y * width + width - 1);
  }
  while (stack.size > 0) {
    const at = stack.pop();
    const x = at % width;
    if (x > 0) visit(at - 1);
    if (x + 1 < width) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at + width < region.length) visit(at + width);
  }
  return region;
}

/** Calls `found` with each connected part of the pixels that `belongs` names, diagonals included. */
function eachPart(
  width: number,
  length: number,
  belongs: (at: number) => boolean,
  found: (part: Int32Array) => void,
): void {
  const seen = new Uint8Array(length);
  const part = new Stack();
  for (let start = 0; start < length; start++) {
    if (seen[start] || !belongs(start)) continue;
    part.size = 0;
    seen[start] = 1;
    part.push(start);
    for (let done = 0; done < part.size; done++) {
      const at = part.at(done);
      const x = at % width;
      for (let dy = -width; dy <= width; dy += width) {
        for (let dx = x > 0 ? -1 : 0; dx <= (x + 1 < width ? 1 : 0); dx++) {
          const near = at + dy + dx;
          if (near < 0 || near >= length || seen[near] || !belongs(near)) continue;
          seen[near] = 1;
          part.push(near);
        }
      }
    }
    found(part.all());
  }
}

/** Specks that are too small, or small and faint, are noise of the background. */
export function dropSpecks(
  region: Uint8Array,
  difference: Uint16Array,
  width: number,
  tolerance: number,
): void {
  const small = Math.max(10, region.length * 2e-5);
  eachPart(
    width,
    region.length,
    (at) => region[at] === SUBJECT,
    (part) => {
      if (part.length >= small * 20) return;
      const peak = part.reduce((most, at) => Math.max(most, difference[at]!), 0);
      if (part.length < small || peak < tolerance * STEPS * 1.7) {
        for (const at of part) region[at] = BACKGROUND;
      }
    },
  );
}

/** Compression leaves a faint fringe around a strong edge, as wide as its blocks. */
const FRINGE = 18;

/** Drops what lies outside, is faint, hugs a strong edge and reaches no further than compression. */
export function dropFringe(
  region: Uint8Array,
  difference: Uint16Array,
  width: number,
  tolerance: number,
): void {
  const height = region.length / width;
  const contrast = contrastOf(region, difference);
  const strong = Math.max(tolerance * 2 * STEPS, contrast * 0.22);
  // A fringe has strong spots too, but they do not come near the subject's own contrast.
  const core = new Uint8Array(region.length);
  eachPart(
    width,
    region.length,
    (at) => region[at] === SUBJECT && difference[at]! > strong,
    (part) => {
      if (part.some((at) => difference[at]! > contrast * 0.5)) for (const at of part) core[at] = 1;
    },
  );
  // The foot of the edge itself is faint too, and wider the softer the picture is.
  const foot = 3 * (1 + (1.5 * strong) / slopeAt(strong, difference, width));
  const away = distances(width, height, FRINGE, (at) => core[at] === 1);
  eachPart(
    width,
    region.length,
    (at) => region[at] === SUBJECT && away[at]! > foot,
    (part) => {
      if (part.some((at) => away[at]! > FRINGE * 3)) return;
      const isOutside = part.some((at) =>
        [at - 1, at + 1, at - width, at + width].some((near) => region[near] === BACKGROUND),
      );
      if (!isOutside) return;
      for (const at of part) region[at] = BACKGROUND;
    },
  );
}

/** How much the subject usually differs from the background. */
function contrastOf(region: Uint8Array, difference: Uint16Array): number {
  const contrasts: number[] = [];
  const step = Math.ceil(region.length / 200_000);
  for (let at = 0; at < region.length; at += step) {
    if (region[at] === SUBJECT) contrasts.push(difference[at]!);
  }
  return percentile(contrasts, 0.6);
}

/** How steeply the difference rises a pixel where it passes `strong`. */
function slopeAt(strong: number, difference: Uint16Array, width: number): number {
  const slopes: number[] = [];
  for (let at = width + 1; at < difference.length - width - 1; at++) {
    if (difference[at]! <= strong) continue;
    const left = difference[at - 1]!;
    const right = difference[at + 1]!;
    const above = difference[at - width]!;
    const below = difference[at + width]!;
    const least = Math.min(left, right, above, below);
    if (least <= strong) slopes.push((Math.max(left, right, above, below) - least) / 2);
  }
  return Math.max(1, percentile(slopes, 0.5));
}

function percentile(values: number[], share: number): number {
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length * share)] ?? 0;
}

/**
 * A cast shadow starts at the background and darkens it slowly, without changing its hue. The
 * slowness tells it from a grey subject, whose edge is steep. Returns whether there is one.
 */
export function markShadow(
  raster: Raster,
  backdrop: BackdropMap,
  difference: Uint16Array,
  region: Uint8Array,
  tolerance: number,
): boolean {
  const { data, width, height } = raster;
  const steepest = STEPS * Math.min(3.2, Math.max(0.9, 1600 / Math.min(width, height)));
  const could = new Uint8Array(region.length);
  const expected = new Float32Array(width * 3);
  let subject = 0;
  for (let y = 0; y < height; y++) {
    backdrop.row(y, expected);
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (region[at] !== SUBJECT) continue;
      subject += 1;
      let dot = 0;
      let square = 0;
      for (let c = 0; c < 3; c++) {
        dot += data[at * 4 + c]! * expected[x * 3 + c]!;
        square += expected[x * 3 + c]! ** 2;
      }
      const light = dot / Math.max(1, square);
      let hue = 0;
      for (let c = 0; c < 3; c++) {
        hue = Math.max(hue, Math.abs(data[at * 4 + c]! - light * expected[x * 3 + c]!));
      }
      if (light > 0.45 && light < 1.02 && hue < tolerance + 14 * (1 - light)) could[at] = 1;
    }
  }
  const stack = new Stack();
  const grow = (from: number, at: number) => {
    if (could[at] !== 1 || region[at] !== SUBJECT) return;
    if (Math.abs(difference[at]! - difference[from]!) > steepest) return;
    region[at] = SHADOW;
    stack.push(at);
  };
  const growAround = (at: number) => {
    const x = at % width;
    if (x > 0) grow(at, at - 1);
    if (x + 1 < width) grow(at, at + 1);
    if (at >= width) grow(at, at - width);
    if (at + width < region.length) grow(at, at + width);
  };
  for (let at = 0; at < region.length; at++) if (region[at] === BACKGROUND) growAround(at);
  let shadow = 0;
  while (stack.size > 0) {
    shadow += 1;
    growAround(stack.pop());
  }
  // A thin seam is the subject's own soft edge, and a shadow is not larger than what casts it.
  const isShadow = shadow > region.length * 0.002 && shadow < subject * 0.45;
  if (!isShadow) {
    for (let at = 0; at < region.length; at++) if (region[at] === SHADOW) region[at] = SUBJECT;
  }
  return isShadow;
}
