import { join } from "node:path";
import { type RunOptions, type RunResult, run } from "../local/server/processes.ts";
import { ROOT } from "./config.ts";

/** The official CLI, against a database URL: no Docker, no account, no messages home. */
export function supabase(args: string[], options: RunOptions = {}): Promise<RunResult> {
  return run(join(ROOT, "node_modules", ".bin", "supabase"), [...args, "--workdir", ROOT], {
    timeoutSeconds: 180,
    ...options,
    env: {
      ...process.env,
      DO_NOT_TRACK: "1",
      SUPABASE_TELEMETRY_DISABLED: "1",
      SUPABASE_NO_UPDATE_NOTIFIER: "1",
      ...options.env,
    },
  });
}
