import { logLine } from "./log.ts";

interface EdgeRuntime {
  waitUntil(promise: Promise<unknown>): void;
}

// Promises nobody awaits. Held here, they cannot be collected before they end.
const running = new Set<Promise<void>>();

// Lets work outlive the answer. Hosted Supabase keeps an isolate only as long as it is told to.
export function inBackground(work: Promise<unknown>): void {
  const tracked = work
    .then(() => undefined)
    .catch((error: unknown) => logLine("error", "background_work_failed", { error }))
    .finally(() => running.delete(tracked));
  running.add(tracked);
  edgeRuntime()?.waitUntil(tracked);
}

// Whether this process is one that the platform ends by the clock.
export function hasEdgeRuntime(): boolean {
  return edgeRuntime() !== undefined;
}

function edgeRuntime(): EdgeRuntime | undefined {
  return (globalThis as { EdgeRuntime?: EdgeRuntime }).EdgeRuntime;
}
