import type { Log } from "../log.ts";

// Last first. A step that fails is logged and the others still run.
export async function undoAll(steps: (() => Promise<void>)[], log: Log): Promise<void> {
  for (const step of steps.splice(0).reverse()) {
    try {
      await step();
    } catch (error) {
      log("warn", "undo_failed", { error });
    }
  }
}
