/** Random numbers from a seed, so that a failing run can be had again: RACES_SEED=… */
export type Random = {
  /** A whole number, both ends included. */
  int: (low: number, high: number) => number;
  chance: (probability: number) => boolean;
  pick: <T>(from: readonly T[]) => T;
  shuffle: <T>(from: readonly T[]) => T[];
};

export function randomFrom(seed: number): Random {
  // mulberry32: 32 bits of state are plenty here.
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    int,
    chance: (probability) => next() < probability,
    pick: <T>(from: readonly T[]): T => {
      if (from.length === 0) throw new RangeError("nothing to pick from");
      return from[int(0, from.length - 1)] as T;
    },
    shuffle: <T>(from: readonly T[]): T[] => {
      const all = [...from];
      for (let i = all.length - 1; i > 0; i--) {
        const j = int(0, i);
        [all[i], all[j]] = [all[j] as T, all[i] as T];
      }
      return all;
    },
  };
}

/** Runs with a fresh seed, or RACES_SEED, and names it when the run fails. */
export async function withSeed(
  use: (random: Random, seed: number) => Promise<void>,
): Promise<void> {
  const seed = Number(process.env.RACES_SEED ?? Math.floor(Math.random() * 2 ** 31));
  try {
    await use(randomFrom(seed), seed);
  } catch (error) {
    if (error instanceof Error) error.message = `RACES_SEED=${seed}: ${error.message}`;
    throw error;
  }
}
