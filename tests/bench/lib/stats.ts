import type { Figure } from "./types.ts";

const sorted = (values: number[]): number[] => [...values].sort((a, b) => a - b);

export function quantile(values: number[], q: number): number {
  const all = sorted(values);
  if (all.length === 0) return Number.NaN;
  return all[Math.min(all.length - 1, Math.max(0, Math.ceil(q * all.length) - 1))] ?? Number.NaN;
}

export function median(values: number[]): number {
  const all = sorted(values);
  const low = all[Math.floor((all.length - 1) / 2)] ?? Number.NaN;
  const high = all[Math.ceil((all.length - 1) / 2)] ?? Number.NaN;
  return (low + high) / 2;
}

/** The median of the ratios of each round, with the lowest and the highest. */
export function ratioOf(
  measured: number[],
  against: number[],
): Pick<Figure, "value" | "spread" | "unit"> {
  const ratios = measured.map((value, round) => value / (against[round] ?? Number.NaN));
  return {
    value: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    unit: "ratio",
  };
}

export const perSecond = (values: number[]): string =>
  `${Math.round(median(values)).toLocaleString("en-US")}/s`;

/** Runs the sides in turn, A B C A B C …, so that a drift of the machine meets all alike. */
export async function rounds<Side extends string>(
  count: number,
  sides: Record<Side, () => Promise<number>>,
  log: (line: string) => void,
): Promise<Record<Side, number[]>> {
  const names = Object.keys(sides) as Side[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Side,
    number[]
  >;
  for (let round = 1; round <= count; round++) {
    for (const name of names) results[name].push(await sides[name]());
    const values = names.map((name) => `${name} ${Math.round(results[name].at(-1) ?? 0)}/s`);
    log(`  round ${round}: ${values.join(", ")}`);
  }
  return results;
}
