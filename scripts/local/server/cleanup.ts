/**
 * What must not outlive this process: servers, above all. `stop` runs on a
 * signal and awaits; `stopNow` runs in the exit handler, where nothing can be
 * awaited. A `kill -9` of this process runs neither: see debian/process.ts
 * (parent-death signal) and debian/runs.ts (sweep at the next start).
 */
type Cleanup = { stop: () => Promise<void>; stopNow: () => void };

const cleanups = new Set<Cleanup>();
let installed = false;

export function onEnd(cleanup: Cleanup): () => void {
  cleanups.add(cleanup);
  if (!installed) {
    installed = true;
    process.on("exit", () => {
      for (const each of cleanups) each.stopNow();
    });
    for (const [name, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGHUP", 129],
    ] as const) {
      process.once(name, async () => {
        await Promise.allSettled([...cleanups].map((each) => each.stop()));
        process.exit(code);
      });
    }
  }
  return () => cleanups.delete(cleanup);
}
