// A fault the reader can mend. Its message is the one sentence that scripts/start prints.
export class StackError extends Error {
  override readonly name = "StackError";
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
