// A step that did not go as it must. Its message is one sentence.
export class DemoError extends Error {
  override readonly name = "DemoError";
}

export function expect(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new DemoError(`The demo failed: it must hold that ${sentence}.`);
}

interface Result<T> {
  data: T;
  error: unknown;
}

// supabase-js hands errors over as values; here every one ends the demo.
export function must<T>({ data, error }: Result<T>, doing: string): NonNullable<T> {
  if (error || data === null || data === undefined) {
    throw new DemoError(`The demo failed to ${doing}: ${describe(error)}.`, { cause: error });
  }
  return data;
}

function describe(error: unknown): string {
  const { code, message, details } = (error ?? {}) as Record<string, unknown>;
  return [code, message, details].filter(Boolean).join(", ") || "no answer";
}
