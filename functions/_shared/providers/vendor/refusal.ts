import { redactText } from "../../redact.ts";
import {
  BUSY_WORDS,
  FinalError,
  NOT_AVAILABLE_WORDS,
  ProviderFaultError,
  type RetryableError,
  UNREACHABLE_WORDS,
} from "../../work_error.ts";

export const MODERATED_WORDS =
  "The provider's rules do not allow this. Please change the words or the picture.";

// A vendor's answer that is no success.
export interface Refusal {
  status: number;
  // The body, cut.
  body: string;
  retryAfterSeconds?: number | undefined;
}

// Kept as a cause, for the log: never shown to a user.
export class RefusalError extends Error {
  override readonly name = "RefusalError";

  constructor({ status, body }: Refusal) {
    super(`HTTP ${status}: ${redactText(body.slice(0, 500))}`);
  }
}

// What a status means, where the vendor says nothing more: our key, a model that is gone, too many
// requests and a server in trouble are no fault of the work.
export function errorOf(refusal: Refusal): FinalError | RetryableError {
  const { status, retryAfterSeconds } = refusal;
  const options = { status, retryAfterSeconds, cause: new RefusalError(refusal) };
  if ([401, 402, 403, 404, 405].includes(status)) {
    return new ProviderFaultError(NOT_AVAILABLE_WORDS, options);
  }
  if ([408, 425, 429].includes(status)) return new ProviderFaultError(BUSY_WORDS, options);
  if (status >= 500) return new ProviderFaultError(UNREACHABLE_WORDS, options);
  if (status === 413) return new FinalError("The picture is too large for this service.", options);
  return new FinalError("The provider could not work on this request.", options);
}

// A vendor's own reason, for its user to read: one line, short, without addresses and keys.
export function reasonOf(text: string): string {
  const line = redactText(text).replace(/\s+/g, " ").trim();
  return line.length <= 300 ? line : `${Array.from(line).slice(0, 299).join("")}…`;
}
