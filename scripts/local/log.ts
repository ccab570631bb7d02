import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { format } from "node:util";

export interface Log {
  error(...parts: unknown[]): void;
  // lite prints every refused request to the console: that belongs in the log.
  captureConsole(): () => void;
}

export function openLog(file: string): Log {
  mkdirSync(dirname(file), { recursive: true });
  const error = (...parts: unknown[]) => {
    appendFileSync(file, `${new Date().toISOString()} ${format(...parts)}\n`);
  };
  return {
    error,
    captureConsole() {
      const { error: printError, warn: printWarn, info: printInfo } = console;
      Object.assign(console, { error, warn: error, info: error });
      return () => {
        Object.assign(console, { error: printError, warn: printWarn, info: printInfo });
      };
    },
  };
}
