import { FunctionsHttpError } from "@supabase/supabase-js";

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

// The same for a function's answer. What a refusal says is in a body that supabase-js leaves unread.
export async function mustAnswer<T>(result: Result<T>, doing: string): Promise<NonNullable<T>> {
  const { data, error } = result;
  if (!(error instanceof FunctionsHttpError)) return must(result, doing);
  const body: unknown = await (error.context as Response).json().catch(() => undefined);
  const refusal = (body as { error?: unknown } | undefined)?.error ?? error;
  return must({ data, error: refusal }, doing);
}

function describe(error: unknown): string {
  const { code, message, details, hint } = (error ?? {}) as Record<string, unknown>;
  const parts = [code, message, details, hint].filter(Boolean);
  return parts.map((part) => String(part).replace(/\.$/, "")).join(", ") || "no answer";
}
