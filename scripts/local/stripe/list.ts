import { missing } from "./errors.ts";

interface Range {
  gt?: number | undefined;
  gte?: number | undefined;
  lt?: number | undefined;
  lte?: number | undefined;
}

interface Paging {
  created?: Range | undefined;
  ending_before?: string | undefined;
  limit: number;
  starting_after?: string | undefined;
}

// One page of Stripe's lists: newest first, the cursors are ids.
export function page<T extends { id: string; created: number }>(
  url: string,
  noun: string,
  oldestFirst: T[],
  paging: Paging,
) {
  const rows = oldestFirst.toReversed().filter((row) => within(row.created, paging.created));
  const indexOf = (id: string, param: string) => {
    const index = rows.findIndex((row) => row.id === id);
    if (index < 0) throw missing(noun, id, param);
    return index;
  };
  if (paging.ending_before) {
    const end = indexOf(paging.ending_before, "ending_before");
    const start = Math.max(0, end - paging.limit);
    return list(url, rows.slice(start, end), start > 0);
  }
  const start = paging.starting_after ? indexOf(paging.starting_after, "starting_after") + 1 : 0;
  const end = start + paging.limit;
  return list(url, rows.slice(start, end), end < rows.length);
}

export function list<T>(url: string, data: T[], hasMore = false) {
  return { object: "list" as const, data, has_more: hasMore, url };
}

function within(created: number, range: Range | undefined): boolean {
  if (!range) return true;
  return (
    (range.gt === undefined || created > range.gt) &&
    (range.gte === undefined || created >= range.gte) &&
    (range.lt === undefined || created < range.lt) &&
    (range.lte === undefined || created <= range.lte)
  );
}
