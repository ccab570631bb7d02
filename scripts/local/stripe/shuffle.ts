// The same seed gives the same order, so that a failing order can be run again.
export function shuffled<T>(values: readonly T[], seed: number): T[] {
  const result = [...values];
  let state = seed >>> 0;
  const next = (below: number): number => {
    // The multiplier and increment of Numerical Recipes' generator; the high bits are the good ones.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = next(last + 1);
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}
