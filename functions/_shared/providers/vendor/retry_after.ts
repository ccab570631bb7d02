const MAX_SECONDS = 3_600;

// The seconds that a vendor asks us to wait: Retry-After as seconds or as a date, or in
// milliseconds as some write it.
export function retryAfterOf(headers: Headers, now = Date.now()): number | undefined {
  const milliseconds = Number(headers.get("retry-after-ms") ?? Number.NaN);
  if (Number.isFinite(milliseconds)) return bounded(milliseconds / 1000);
  const text = headers.get("retry-after")?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return bounded(Number(text));
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : bounded((date - now) / 1000);
}

export function bounded(seconds: number): number {
  return Math.min(MAX_SECONDS, Math.max(0, Math.ceil(seconds)));
}
