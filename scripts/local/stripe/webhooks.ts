import { setTimeout as sleep } from "node:timers/promises";
import Stripe from "stripe";
import type { EmulatorEvent } from "./store.ts";

const TIMEOUT_MS = 10_000;
const RETRY_DELAYS_MS = [500, 1000, 2000, 5000, 10_000, 30_000, 60_000];

export interface WebhookOptions {
  url: string | undefined;
  secret: string | undefined;
  retryDelaysMs?: readonly number[] | undefined;
  // Called once an event was answered with 2xx.
  onDelivered: (event: EmulatorEvent) => void;
}

export interface Delivery {
  event: string;
  type: string;
  // 0: no answer at all.
  status: number;
}

// How a delivery may differ from the ordinary one.
export interface SignOptions {
  signedSecondsAgo?: number;
  secret?: string;
}

// Sends events as Stripe does: signed, each on its own, again after anything that is not 2xx.
export class Webhooks {
  readonly #options: WebhookOptions;
  readonly #stopped = new AbortController();
  readonly #running = new Set<Promise<void>>();
  // Off while a test wants to choose when and in which order events arrive.
  automatic = true;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  get configured(): boolean {
    return Boolean(this.#options.url && this.#options.secret);
  }

  enqueue(event: EmulatorEvent): void {
    if (!this.configured || !this.automatic || this.#stopped.signal.aborted) return;
    const run = this.#untilDelivered(event).finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  // One attempt, now.
  async send(event: EmulatorEvent, sign: SignOptions = {}): Promise<Delivery> {
    const answer = { event: event.id, type: event.type };
    const { url, secret } = this.#options;
    if (!url || !secret) return { ...answer, status: 0 };
    const payload = JSON.stringify(event, null, 2);
    const timestamp = Math.floor(Date.now() / 1000) - (sign.signedSecondsAgo ?? 0);
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload,
      timestamp,
      secret: sign.secret ?? secret,
    });
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json; charset=utf-8",
          "stripe-signature": signature,
          "user-agent": "Stripe/1.0 (local emulator)",
        },
        body: payload,
        redirect: "manual",
        signal: AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await response.body?.cancel();
      if (response.ok) this.#options.onDelivered(event);
      return { ...answer, status: response.status };
    } catch {
      return { ...answer, status: 0 };
    }
  }

  // Resolves when nothing is on its way, retries included.
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async close(): Promise<void> {
    this.#stopped.abort();
    await this.idle();
  }

  async #untilDelivered(event: EmulatorEvent): Promise<void> {
    for (const delay of [0, ...(this.#options.retryDelaysMs ?? RETRY_DELAYS_MS)]) {
      // Also with no delay: the answer to the API call goes first, as with Stripe.
      await sleep(delay, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
      if (this.#stopped.signal.aborted) return;
      const { status } = await this.send(event);
      if (status >= 200 && status < 300) return;
    }
    console.warn(`stripe emulator: gave up on ${event.type} ${event.id}`);
  }
}
