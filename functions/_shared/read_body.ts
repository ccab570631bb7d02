import type { z } from "zod";
import { ApiError } from "./api_error.ts";
import { readLimited, TooLargeError } from "./read_limited.ts";

// Reads the body up to the limit; content-length is only used to refuse early.
export async function readBody(
  request: Request,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  try {
    return await readLimited(request.body, maxBytes);
  } catch (cause) {
    throw cause instanceof TooLargeError ? tooLarge(maxBytes) : cause;
  }
}

// The body as a value of the schema, or 400 with the first thing that is wrong.
export async function readJson<T>(
  request: Request,
  schema: z.ZodType<T>,
  maxBytes: number,
): Promise<T> {
  const bytes = await readBody(request, maxBytes);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ApiError(400, "json_invalid", "The body is not JSON.", { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") || "body";
  throw new ApiError(400, "request_invalid", `${field}: ${issue?.message ?? "is not valid"}`, {
    cause: parsed.error,
  });
}

function tooLarge(maxBytes: number): ApiError {
  return new ApiError(413, "payload_too_large", `The body is larger than ${maxBytes} bytes.`);
}
