import { isDeepStrictEqual } from "node:util";

type Json = Record<string, unknown>;

// What an "updated" event carries as previous_attributes: of what changed, the values it replaced.
// Of a hash only the changed keys, of an array or a list the whole of it.
export function replaced(before: object, after: object): Json {
  const was = before as Json;
  const is = after as Json;
  const previous: Json = {};
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    if (isDeepStrictEqual(was[key], is[key])) continue;
    const nested = isHash(was[key]) && isHash(is[key]);
    previous[key] = nested ? ofHash(was[key] as Json, is[key] as Json) : (was[key] ?? null);
  }
  return structuredClone(previous);
}

function ofHash(was: Json, is: Json): Json {
  return was.object === "list" ? { data: was.data } : replaced(was, is);
}

function isHash(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
