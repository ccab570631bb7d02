import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type Stripe from "stripe";
import { StackError } from "../stack_error.ts";
import type { ScheduleRecord, SubscriptionRecord, WireInvoice } from "./billing/wire.ts";
import type { IdempotentAnswer } from "./idempotency.ts";
import type { CheckoutRecord } from "./resources/checkout_sessions.ts";
import type { WirePrice } from "./resources/prices.ts";

export interface EmulatorEvent {
  id: string;
  object: "event";
  api_version: string;
  created: number;
  data: { object: object; previous_attributes?: object };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

interface Collections {
  charges: Stripe.Charge;
  checkouts: CheckoutRecord;
  // One entry: how far the emulator's clock is from this machine's, in seconds.
  clock: { offset: number };
  customers: Stripe.Customer;
  disputes: Stripe.Dispute;
  events: EmulatorEvent;
  idempotency: IdempotentAnswer;
  invoicePayments: Stripe.InvoicePayment;
  invoices: WireInvoice;
  paymentIntents: Stripe.PaymentIntent;
  paymentMethods: Stripe.PaymentMethod;
  portalSessions: Stripe.BillingPortal.Session;
  prices: WirePrice;
  products: Stripe.Product;
  refunds: Stripe.Refund;
  schedules: ScheduleRecord;
  subscriptions: SubscriptionRecord;
}

type Name = keyof Collections;

const NAMES = [
  "charges",
  "checkouts",
  "clock",
  "customers",
  "disputes",
  "events",
  "idempotency",
  "invoicePayments",
  "invoices",
  "paymentIntents",
  "paymentMethods",
  "portalSessions",
  "prices",
  "products",
  "refunds",
  "schedules",
  "subscriptions",
] as const satisfies readonly Name[];

const SAVE_AFTER_MS = 50;

// Everything the emulator remembers, by kind and id, in the order of creation. With a file it
// outlives the process.
export class Store {
  readonly #file: string | undefined;
  readonly #maps: { [K in Name]: Map<string, Collections[K]> };
  #timer: NodeJS.Timeout | undefined;

  constructor(file?: string, startEmpty = false) {
    this.#file = file;
    try {
      this.#maps = mapsOf(file && !startEmpty ? read(file) : {});
    } catch (error) {
      throw new StackError(`The Stripe emulator cannot read ${file}: delete it to start empty.`, {
        cause: error,
      });
    }
  }

  get<K extends Name>(name: K, id: string): Collections[K] | undefined {
    return this.#maps[name].get(id);
  }

  put<K extends Name>(name: K, id: string, value: Collections[K]): Collections[K] {
    this.#maps[name].set(id, value);
    this.#saveSoon();
    return value;
  }

  delete(name: Name, id: string): void {
    if (this.#maps[name].delete(id)) this.#saveSoon();
  }

  all<K extends Name>(name: K): Collections[K][] {
    return [...this.#maps[name].values()];
  }

  close(): void {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#save();
  }

  #saveSoon(): void {
    if (this.#file) this.#timer ??= setTimeout(() => this.#save(), SAVE_AFTER_MS);
  }

  // Written beside and renamed, so that a kill in mid-write leaves the last whole state.
  #save(): void {
    this.#timer = undefined;
    if (!this.#file) return;
    const state = Object.fromEntries(NAMES.map((name) => [name, [...this.#maps[name]]]));
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.new`, JSON.stringify(state));
    renameSync(`${this.#file}.new`, this.#file);
  }
}

type Saved = { [K in Name]?: [string, Collections[K]][] };

function mapsOf(saved: Saved): { [K in Name]: Map<string, Collections[K]> } {
  const map = <K extends Name>(name: K) => new Map<string, Collections[K]>(saved[name] ?? []);
  return {
    charges: map("charges"),
    checkouts: map("checkouts"),
    clock: map("clock"),
    customers: map("customers"),
    disputes: map("disputes"),
    events: map("events"),
    idempotency: map("idempotency"),
    invoicePayments: map("invoicePayments"),
    invoices: map("invoices"),
    paymentIntents: map("paymentIntents"),
    paymentMethods: map("paymentMethods"),
    portalSessions: map("portalSessions"),
    prices: map("prices"),
    products: map("products"),
    refunds: map("refunds"),
    schedules: map("schedules"),
    subscriptions: map("subscriptions"),
  };
}

function read(file: string): Saved {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}
