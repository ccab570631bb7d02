// A fault the reader can mend. Its message is the one sentence that scripts/start prints.
export class StackError extends Error {
  override readonly name = "StackError";
}

export function messageOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  // The file system of PGlite throws objects with a number and no message; several addresses that
  // refuse at once are an error with a code and no message.
  const { name, message, code, errno } = error as Record<string, unknown>;
  return String(message || [name, code ?? errno].filter(Boolean).join(" ") || "no reason is given");
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replace(/\.$/, "").trim();
}
