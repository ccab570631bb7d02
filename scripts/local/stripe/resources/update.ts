// Writes the given fields into an object and returns the values they replaced, which is what an
// "updated" event carries as previous_attributes. Metadata is merged; an empty value removes a key.
export function update<T extends { metadata?: Record<string, string> | null }>(
  target: T,
  changes: Partial<T>,
): Partial<T> {
  const next = { ...changes };
  if (changes.metadata) {
    const merged = Object.entries({ ...target.metadata, ...changes.metadata });
    next.metadata = Object.fromEntries(merged.filter(([, value]) => value !== ""));
  }
  const previous: Partial<T> = {};
  for (const key of Object.keys(next) as (keyof T)[]) {
    const value = next[key];
    if (value === undefined || JSON.stringify(target[key]) === JSON.stringify(value)) continue;
    previous[key] = target[key];
    target[key] = value as T[keyof T];
  }
  return structuredClone(previous);
}
