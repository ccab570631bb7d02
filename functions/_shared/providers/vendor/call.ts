import { readLimited, TooLargeError } from "../../read_limited.ts";
import {
  FinalError,
  ProviderFaultError,
  type RetryableError,
  UNREACHABLE_WORDS,
} from "../../work_error.ts";
import { errorOf, type Refusal } from "./refusal.ts";
import { retryAfterOf } from "./retry_after.ts";

export interface VendorCallOptions {
  timeoutMs: number;
  // The lease's: what counts no more is stopped.
  signal?: AbortSignal | undefined;
  // What the vendor says in its own words; nothing leaves it to the status.
  refuse?: (refusal: Refusal) => FinalError | RetryableError | undefined;
  maxBytes?: number;
  fetch?: typeof fetch | undefined;
}

const MAX_REFUSAL_BYTES = 64 * 1024;
const MAX_ANSWER_BYTES = 48 * 1024 * 1024;

interface Answer {
  status: number;
  headers: Headers;
  body: Uint8Array<ArrayBuffer>;
}

// One request through a vendor's SDK, which is given our fetch. Exactly one: an SDK that asks again
// by itself would order twice, or wait here for as long as the vendor says; it hears the first
// answer once more instead. Whatever the SDK makes of the answer, the error is ours.
export class VendorCall {
  readonly #options: VendorCallOptions;
  #asked: Promise<Answer> | undefined;
  #failure: unknown;
  #answer: Answer | undefined;

  constructor(options: VendorCallOptions) {
    this.#options = options;
  }

  readonly fetch: typeof fetch = (async (input: string | URL | Request, init?: RequestInit) => {
    this.#asked ??= this.#ask(input, init);
    const { status, headers, body } = await this.#asked;
    return new Response(status === 204 ? null : body.slice(), { status, headers });
  }) as typeof fetch;

  get headers(): Headers {
    return this.#answer?.headers ?? new Headers();
  }

  // Awaits what the SDK makes of the call, or throws what went wrong.
  async run<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (cause) {
      throw this.#errorOf(cause);
    }
  }

  async #ask(input: string | URL | Request, init: RequestInit = {}): Promise<Answer> {
    const { timeoutMs, signal, maxBytes = MAX_ANSWER_BYTES } = this.#options;
    const signals = [AbortSignal.timeout(timeoutMs), signal, init.signal];
    try {
      const response = await (this.#options.fetch ?? fetch)(input, {
        ...init,
        signal: AbortSignal.any(signals.filter((one) => one instanceof AbortSignal)),
      });
      const body = response.ok
        ? await readLimited(response.body, maxBytes)
        : await readLimited(response.body, MAX_REFUSAL_BYTES).catch(() => new Uint8Array());
      const headers = new Headers(response.headers);
      // The body is whole and decoded.
      for (const name of ["content-encoding", "content-length", "transfer-encoding"]) {
        headers.delete(name);
      }
      this.#answer = { status: response.status, headers, body };
      return this.#answer;
    } catch (cause) {
      this.#failure = cause;
      throw cause;
    }
  }

  #errorOf(cause: unknown): unknown {
    const { signal, refuse } = this.#options;
    if (signal?.aborted) return signal.reason;
    if (this.#answer && this.#answer.status >= 400) {
      const refusal: Refusal = {
        status: this.#answer.status,
        body: new TextDecoder().decode(this.#answer.body),
        retryAfterSeconds: retryAfterOf(this.#answer.headers),
      };
      return refuse?.(refusal) ?? errorOf(refusal);
    }
    if (this.#failure instanceof TooLargeError) {
      // It would be as large the next time, and be paid for again.
      const words = `The result is larger than ${Math.floor(this.#failure.maxBytes / 2 ** 20)} MB.`;
      return new FinalError(words, { status: 413, cause: this.#failure });
    }
    if (this.#failure !== undefined) {
      const timedOut = this.#failure instanceof Error && this.#failure.name === "TimeoutError";
      const words = timedOut ? "The provider took too long. We try again." : UNREACHABLE_WORDS;
      const status = timedOut ? 504 : 503;
      return new ProviderFaultError(words, { status, cause: this.#failure });
    }
    // Before any request it is our own mistake; after an answer, the vendor's malformed one.
    return this.#answer ? malformed(cause) : cause;
  }
}

export function malformed(cause?: unknown): ProviderFaultError {
  return new ProviderFaultError("The provider's answer made no sense. We try again.", {
    status: 502,
    cause,
  });
}
