import Stripe from "stripe";
import { replaced } from "./changes.ts";
import { inGeneration, isOldGeneration } from "./generations.ts";
import { newId } from "./ids.ts";
import type { Store } from "./store.ts";
import type { Webhooks } from "./webhooks.ts";

// The request that caused an event; a buyer's click on the page and the clock have none.
export interface Cause {
  id: string | null;
  idempotency_key: string | null;
}

export const NO_REQUEST: Cause = { id: null, idempotency_key: null };

const CLOCK = "clock";

// What every resource works with.
export class Context {
  readonly store: Store;
  readonly webhooks: Webhooks;
  // The API version that events are written in.
  apiVersion: string = Stripe.API_VERSION;
  // Where the buyer's browser finds the pages.
  origin = "http://127.0.0.1";
  readonly #now: () => number;
  #held: number | undefined;

  constructor(store: Store, webhooks: Webhooks, now: () => number) {
    this.store = store;
    this.webhooks = webhooks;
    this.#now = now;
  }

  // Seconds, as Stripe counts.
  now(): number {
    return this.#held ?? Math.floor(this.#now() / 1000) + this.#offset();
  }

  // Puts the clock to another time, from where it goes on.
  setClock(now: number): void {
    this.store.put("clock", CLOCK, { offset: now - Math.floor(this.#now() / 1000) });
  }

  // Does something that was due at that time as if it were that time.
  at<T>(time: number, run: () => T): T {
    const before = this.#held;
    this.#held = time;
    try {
      return run();
    } finally {
      this.#held = before;
    }
  }

  // Records an event with the object as it is now, and sends it.
  emit(type: string, object: object, cause = NO_REQUEST, previous?: object): void {
    // The object came with the newer generation.
    if (type.startsWith("invoice_payment.") && isOldGeneration(this)) return;
    const id = newId("event");
    const event = this.store.put("events", id, {
      id,
      object: "event",
      api_version: this.apiVersion,
      created: this.now(),
      data: inGeneration(this, {
        object: structuredClone(object),
        ...(previous && { previous_attributes: previous }),
      }),
      livemode: false,
      pending_webhooks: this.webhooks.configured ? 1 : 0,
      request: cause,
      type,
    });
    this.webhooks.enqueue(event);
  }

  // Changes an object and tells it as an event with the values that were replaced, if any were.
  change<T extends object>(type: string, object: T, cause: Cause, mutate: (object: T) => void): T {
    const before = structuredClone(object);
    mutate(object);
    const previous = replaced(before, object);
    if (Object.keys(previous).length > 0) this.emit(type, object, cause, previous);
    return object;
  }

  #offset(): number {
    return this.store.get("clock", CLOCK)?.offset ?? 0;
  }
}
