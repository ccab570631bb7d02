import Stripe from "stripe";
import { newId } from "./ids.ts";
import type { EmulatorEvent, Store } from "./store.ts";
import type { Webhooks } from "./webhooks.ts";

// The request that caused an event; a buyer's click on the page has none.
export interface Cause {
  id: string | null;
  idempotency_key: string | null;
}

export const NO_REQUEST: Cause = { id: null, idempotency_key: null };

// What every resource works with.
export class Context {
  readonly store: Store;
  readonly webhooks: Webhooks;
  readonly #now: () => number;

  constructor(store: Store, webhooks: Webhooks, now: () => number) {
    this.store = store;
    this.webhooks = webhooks;
    this.#now = now;
  }

  // Seconds, as Stripe counts.
  now(): number {
    return Math.floor(this.#now() / 1000);
  }

  // Records an event with the object as it is now, and sends it.
  emit(type: string, object: object, cause = NO_REQUEST, previous?: object): EmulatorEvent {
    const id = newId("event");
    const event = this.store.put("events", id, {
      id,
      object: "event",
      api_version: Stripe.API_VERSION,
      created: this.now(),
      data: {
        object: structuredClone(object),
        ...(previous && { previous_attributes: previous }),
      },
      livemode: false,
      pending_webhooks: this.webhooks.configured ? 1 : 0,
      request: cause,
      type,
    });
    this.webhooks.enqueue(event);
    return event;
  }
}
