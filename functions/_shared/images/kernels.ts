// biome-ignore-all lint/style/noNonNullAssertion: typed arrays, indexed within their length.
// The filters of the upscaler, in one dimension.
export const LOBES = 3;
export const INVERSE_RADIUS = 6;
const INVERSE_TERMS = 4;

export interface Phase {
  /** The first old pixel that counts, relative to the one the new pixel lies in. */
  first: number;
  weights: Float32Array;
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= LOBES) return 0;
  const turn = Math.PI * x;
  return (LOBES * Math.sin(turn) * Math.sin(turn / LOBES)) / (turn * turn);
}

/** One set of weights for each position of a new pixel within an old one. */
export function phasesOf(factor: number): Phase[] {
  return Array.from({ length: factor }, (_, phase) => {
    const offset = (phase + 0.5) / factor - 0.5;
    const first = Math.floor(offset) - LOBES + 1;
    const weights = Array.from({ length: LOBES * 2 }, (_, tap) => lanczos(first + tap - offset));
    return { first, weights: normalized(weights) };
  });
}

/** The inverse of "enlarge, then average each block", as a series cut after a few terms. */
export function inverseOf(phases: Phase[]): Float32Array {
  const size = INVERSE_RADIUS * 2 + 1;
  const rest = new Array<number>(size).fill(0);
  rest[INVERSE_RADIUS] = 1;
  for (const { first, weights } of phases) {
    weights.forEach((weight, tap) => {
      rest[INVERSE_RADIUS + first + tap]! -= weight / phases.length;
    });
  }
  const sum = new Array<number>(size).fill(0);
  let power = new Array<number>(size).fill(0);
  power[INVERSE_RADIUS] = 1;
  for (let term = 0; term <= INVERSE_TERMS; term++) {
    power.forEach((value, i) => {
      sum[i]! += value;
    });
    power = convolved(power, rest);
  }
  return normalized(sum);
}

function convolved(a: number[], b: number[]): number[] {
  return a.map((_, at) =>
    a.reduce((sum, value, i) => sum + value * (b[at - i + INVERSE_RADIUS] ?? 0), 0),
  );
}

function normalized(weights: number[]): Float32Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Float32Array.from(weights, (weight) => weight / total);
}
