// biome-ignore-all lint/style/noNonNullAssertion: typed arrays, indexed within their length.
// Soft edges. A pixel of the edge mixes the subject's colour F and the background's B; from the
// three colours follows how much of it is subject, and its colour without the background.
import type { BackdropMap } from "./backdrop.ts";
import type { Raster } from "./codec.ts";
import { distances } from "./distance.ts";
import { SHADOW, STEPS, SUBJECT } from "./regions.ts";

/** Mixtures below and above these shares are noise: nothing, and all. */
const NOTHING = 0.05;
const ALL = 0.95;

type Colour = [number, number, number];

export function cutOut(
  raster: Raster,
  backdrop: BackdropMap,
  difference: Uint16Array,
  region: Uint8Array,
): Raster {
  const { data, width, height } = raster;
  const most = Math.min(24, Math.max(6, Math.round(Math.min(width, height) / 40)));
  const depth = distances(width, height, most, (at) => region[at] !== SUBJECT);
  const reach = Math.min(most, edgeWidth());
  const isSoft = (pixel: number) => region[pixel] === SUBJECT && depth[pixel]! <= reach * 3;
  const out = new Uint8Array(data.length);
  const expected = new Float32Array(width * 3);

  for (let y = 0; y < height; y++) {
    backdrop.row(y, expected);
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      const at = pixel * 4;
      if (region[pixel] === SHADOW) out[at + 3] = 255 * shadowAt(data, at, expected, x);
      else if (isSoft(pixel)) writeSoft(x, y);
      else if (region[pixel] === SUBJECT) out.set(data.subarray(at, at + 4), at);
    }
  }
  return { data: out, width, height };

  function shareOf(pixel: number, subject: Colour, behind: Colour): number {
    let dot = 0;
    let square = 0;
    for (let c = 0; c < 3; c++) {
      const span = subject[c]! - behind[c]!;
      dot += (data[pixel * 4 + c]! - behind[c]!) * span;
      square += span * span;
    }
    // The deeper, the less likely still an edge: a light spot of the subject stays whole.
    const least = (depth[pixel]! / 3 - reach * 0.35) / (reach * 0.5);
    const mixture = square < 1 ? 1 : Math.max(least, dot / square);
    return Math.min(1, Math.max(0, (mixture - NOTHING) / (ALL - NOTHING)));
  }

  function writeSoft(x: number, y: number): void {
    const pixel = y * width + x;
    const at = pixel * 4;
    const subject = subjectColour(pixel);
    const [behind, shade] = backgroundColour(x, y);
    const share = shareOf(pixel, subject, behind);
    // The shadow goes on under the soft edge.
    const cover = share + (1 - share) * shade;
    out[at + 3] = Math.round(cover * data[at + 3]!);
    for (let c = 0; c < 3; c++) {
      // Unmixed noise grows as the share falls, so faint pixels take the subject's colour.
      const unmixed = share > 0 ? (data[at + c]! - (1 - share) * behind[c]!) / share : subject[c]!;
      const trusted = share * share;
      const colour = Math.min(255, Math.max(0, unmixed)) * trusted + subject[c]! * (1 - trusted);
      out[at + c] = cover > 0 ? Math.round((colour * share) / cover) : 0;
    }
  }

  /** How many pixels this picture's edges take, so that nothing deeper is thought an edge. */
  function edgeWidth(): number {
    const widths: number[] = [];
    const rim: number[] = [];
    for (let at = 0; at < depth.length; at++) if (depth[at] === 3) rim.push(at);
    const step = Math.ceil(rim.length / 2000);
    for (let i = 0; i < rim.length; i += step) {
      const path = climb(rim[i]!, most);
      let before = 0;
      let steepest = 1;
      for (const at of path) {
        steepest = Math.max(steepest, difference[at]! - before);
        before = difference[at]!;
      }
      widths.push(before / steepest);
    }
    widths.sort((a, b) => a - b);
    return 1 + Math.ceil(1.5 * (widths[widths.length >> 1] ?? 1));
  }

  /** The way inwards, as long as the picture still moves away from the background. */
  function climb(from: number, steps: number): number[] {
    const path = [from];
    for (let at = from; path.length <= steps; ) {
      const needed = difference[at]! + Math.max(1.2 * STEPS, difference[at]! * 0.025);
      const next = inwards(at);
      const further = inwards(next);
      // One pixel of noise does not end an edge.
      if (difference[next]! > needed) path.push(next);
      else if (difference[further]! > needed) path.push(next, further);
      else break;
      at = path[path.length - 1]!;
    }
    return path;
  }

  /** The neighbour straight further in: a step aside could land on another colour. */
  function inwards(at: number): number {
    const x = at % width;
    let next = at;
    let steepest = 0;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = x > 0 ? -1 : 0; dx <= (x + 1 < width ? 1 : 0); dx++) {
        const near = at + dy * width + dx;
        if (near < 0 || near >= depth.length || depth[near]! <= depth[at]!) continue;
        const steep = (depth[near]! - depth[at]!) / (dx !== 0 && dy !== 0 ? 4.2 : 3);
        if (steep < steepest) continue;
        if (steep === steepest && difference[near]! <= difference[next]!) continue;
        steepest = steep;
        next = near;
      }
    }
    return next;
  }

  function subjectColour(from: number): Colour {
    const path = climb(from, reach);
    const at = path[path.length - 1]!;
    return meanAround(at, path.length === 1 ? 0 : 1, depth[at]!);
  }

  function meanAround(centre: number, radius: number, deepest: number): Colour {
    const sum: Colour = [0, 0, 0];
    let count = 0;
    const x = centre % width;
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        const at = centre + dy * width + dx;
        if (at < 0 || at >= depth.length || x + dx < 0 || x + dx >= width) continue;
        if (depth[at]! < deepest) continue;
        count += 1;
        for (let c = 0; c < 3; c++) sum[c]! += data[at * 4 + c]!;
      }
    }
    return [sum[0] / count, sum[1] / count, sum[2] / count];
  }

  /** The expected background, corrected by what is seen of it nearby; and how shaded it is. */
  function backgroundColour(x: number, y: number): [Colour, number] {
    const sum: Colour = [0, 0, 0];
    let shade = 0;
    let count = 0;
    const radius = reach + 1;
    for (let py = Math.max(0, y - radius); py <= Math.min(height - 1, y + radius); py++) {
      for (let px = Math.max(0, x - radius); px <= Math.min(width - 1, x + radius); px++) {
        const pixel = py * width + px;
        if (region[pixel] === SUBJECT) continue;
        const near = Math.abs(px - x) + Math.abs(py - y) <= reach ? 4 : 1;
        count += near;
        for (let c = 0; c < 3; c++) sum[c]! += near * data[pixel * 4 + c]!;
        if (region[pixel] === SHADOW) shade += near * shadowAt(data, pixel * 4, expected, x);
      }
    }
    if (count === 0) return [[expected[x * 3]!, expected[x * 3 + 1]!, expected[x * 3 + 2]!], 0];
    return [[sum[0] / count, sum[1] / count, sum[2] / count], shade / count];
  }
}

/** How much light a shadow takes from the background. */
function shadowAt(data: Uint8Array, at: number, expected: Float32Array, x: number): number {
  let seen = 0;
  let full = 0;
  for (let c = 0; c < 3; c++) {
    seen += data[at + c]!;
    full += expected[x * 3 + c]!;
  }
  return Math.min(1, Math.max(0, 1 - seen / Math.max(1, full)));
}
