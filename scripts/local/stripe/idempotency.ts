import { StripeApiError } from "./errors.ts";
import type { Store } from "./store.ts";

const KEPT_SECONDS = 24 * 60 * 60;
const MAX_LENGTH = 255;

export interface IdempotentAnswer {
  path: string;
  params: string;
  status: number;
  body: string;
  requestId: string;
  created: number;
}

// Stripe's rule: a key that was used gets its first answer again, if path and parameters are the
// same. Only what was carried out is kept, a declined card included; a request refused by
// validation leaves its key free.
export class Idempotency {
  readonly #store: Store;
  readonly #running = new Set<string>();

  constructor(store: Store) {
    this.#store = store;
  }

  // Undefined means: carry it out, then call finish() or release().
  begin(key: string, path: string, params: string, now: number): IdempotentAnswer | undefined {
    if (key.length > MAX_LENGTH) {
      throw new StripeApiError(400, `Idempotency keys are at most ${MAX_LENGTH} characters.`);
    }
    if (this.#running.has(key)) {
      throw new StripeApiError(
        409,
        `Another request with the idempotency key '${key}' is still running. Try again later.`,
        { code: "idempotency_key_in_use" },
      );
    }
    const known = this.#store.get("idempotency", key);
    if (known && known.created + KEPT_SECONDS < now) this.#store.delete("idempotency", key);
    else if (known) return checked(known, key, path, params);
    this.#running.add(key);
    return undefined;
  }

  finish(key: string, answer: IdempotentAnswer): void {
    if (answer.status < 400 || answer.status === 402) this.#store.put("idempotency", key, answer);
  }

  release(key: string): void {
    this.#running.delete(key);
  }
}

function checked(
  known: IdempotentAnswer,
  key: string,
  path: string,
  params: string,
): IdempotentAnswer {
  if (known.path === path && known.params === params) return known;
  const what = known.path === path ? "other parameters" : `another endpoint (${known.path})`;
  throw new StripeApiError(
    400,
    `The idempotency key '${key}' was first used with ${what}. Use another key for this request.`,
    { type: "idempotency_error" },
  );
}
