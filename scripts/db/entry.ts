import { CommandError } from "../local/server/processes.ts";
import { ServerUnavailableError } from "../local/server/types.ts";
import { ConfigError, DriftError } from "./config.ts";

const EXPECTED = [CommandError, ServerUnavailableError, ConfigError, DriftError];

/** Runs a script: what a reader can mend is one message, everything else keeps its stack. */
export async function entry(main: () => Promise<void> | void): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!EXPECTED.some((kind) => error instanceof kind)) throw error;
    console.error(error instanceof CommandError ? error.output.trim() : (error as Error).message);
    process.exitCode = 1;
  }
}
