const UNIT_SECONDS = { day: 86_400, week: 7 * 86_400 } as const;

export interface Interval {
  interval: string;
  interval_count: number;
}

// The n-th boundary after the anchor. Months keep the anchor's day where they have one: 31 January,
// 28 February, 31 March.
export function boundary(
  anchor: number,
  { interval, interval_count }: Interval,
  n: number,
): number {
  const times = interval_count * n;
  if (interval === "day" || interval === "week") return anchor + UNIT_SECONDS[interval] * times;
  const months = interval === "year" ? 12 * times : times;
  const from = new Date(anchor * 1000);
  const first = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1);
  const month = new Date(first);
  const days = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate();
  const midnight = first / 1000 + (Math.min(from.getUTCDate(), days) - 1) * UNIT_SECONDS.day;
  return midnight + (anchor - Math.floor(anchor / UNIT_SECONDS.day) * UNIT_SECONDS.day);
}

// The first boundary after a time.
export function nextBoundary(anchor: number, interval: Interval, after: number): number {
  let n = 1;
  while (boundary(anchor, interval, n) <= after) n += 1;
  return boundary(anchor, interval, n);
}
