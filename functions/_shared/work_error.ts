// What went wrong with a piece of work, in words that its user may read. The real cause goes to
// the log and never into `userMessage`.
abstract class WorkError extends Error {
  readonly userMessage: string;
  // The provider's HTTP status, where it answered with one.
  readonly status: number | undefined;

  constructor(userMessage: string, options: { status?: number | undefined; cause?: unknown } = {}) {
    super(userMessage, options.cause === undefined ? undefined : { cause: options.cause });
    this.userMessage = userMessage;
    this.status = options.status;
  }
}

// The same work may succeed later: a timeout, a busy provider, a network that is down.
export class RetryableError extends WorkError {
  override readonly name: string = "RetryableError";
  // What the provider asked for with Retry-After.
  readonly retryAfterSeconds: number | undefined;

  constructor(
    userMessage: string,
    options: { status?: number; cause?: unknown; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(userMessage, options);
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

// The provider failed, not the work: it is down, too slow, too busy, or refuses our key. That uses
// up none of the job's attempts, and the provider is given a rest.
export class ProviderFaultError extends RetryableError {
  override readonly name = "ProviderFaultError";
}

// The same work will never succeed: a broken picture, a refused prompt, a missing source.
export class FinalError extends WorkError {
  override readonly name: string = "FinalError";
}

export const UNREACHABLE_WORDS = "The provider could not be reached. We try again.";
export const BUSY_WORDS = "The provider is busy. We try again.";
export const NOT_AVAILABLE_WORDS = "This service is not available at the moment. We try again.";
export const OUR_FAULT_WORDS = "Something went wrong on our side. We try again.";
export const GIVEN_UP_WORDS = "This did not work after several attempts. Please try again later.";
