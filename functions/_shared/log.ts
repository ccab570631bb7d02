import { redactText } from "./redact.ts";

export type Level = "info" | "warn" | "error";
export type Log = (level: Level, event: string, fields?: Record<string, unknown>) => void;

const MAX_CAUSES = 4;

// One JSON line an event, so that a log drain can search it by job. Ids are fine in a log; secrets
// are taken out of every text.
export const logLine: Log = (level, event, fields = {}) => {
  const line = JSON.stringify({ level, event, ...fields }, (_name, value: unknown) => {
    if (value instanceof Error) return describe(value);
    return typeof value === "string" ? redactText(value) : value;
  });
  console[level](line);
};

function describe(error: Error, depth = 0): Record<string, unknown> {
  const { name, message, cause, stack } = error;
  const code = "code" in error ? error.code : undefined;
  return {
    name,
    message,
    code,
    // Where it was thrown, for the outermost error only.
    at:
      depth === 0
        ? stack
            ?.split("\n")
            .slice(1, 4)
            .map((line) => line.trim())
        : undefined,
    cause: cause instanceof Error && depth < MAX_CAUSES ? describe(cause, depth + 1) : cause,
  };
}
