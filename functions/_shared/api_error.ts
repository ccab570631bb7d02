// A refusal the caller is meant to read. `code` is a word of docs/errors.md.
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    options: { hint?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.code = code;
    this.hint = options.hint;
  }
}

// Whether it is certain that the payment provider did nothing.
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof ApiError && (error.status < 500 || error.code === "payment_provider_refused")
  );
}
