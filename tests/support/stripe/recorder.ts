import type { Generation, Json, Thing } from "./objects.ts";

export type StripeEvent = {
  id: string;
  object: "event";
  api_version: string;
  created: number;
  livemode: boolean;
  pending_webhooks: number;
  request: { id: null; idempotency_key: null };
  type: string;
  data: { object: Thing; previous_attributes?: Thing };
};

const isPlain = (value: Json | undefined): value is Thing =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What Stripe calls previous_attributes: what differs, as it was; of objects the parts, of lists the whole. */
function previousOf(before: Thing, after: Thing): Thing {
  const previous: Thing = {};
  for (const key of Object.keys(after)) {
    const was = before[key];
    const is = after[key] as Json;
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    previous[key] = isPlain(was) && isPlain(is) ? previousOf(was, is) : (was ?? null);
  }
  return previous;
}

/** Writes down events as Stripe would send them; an object is the caller's and changes with them. */
export class Recorder {
  readonly events: StripeEvent[] = [];
  constructor(
    readonly prefix: string,
    readonly generation: Generation,
  ) {}

  id(name: string): string {
    return `${name}_${this.prefix}`;
  }

  emit(type: string, at: number, object: Thing, previous?: Thing): void {
    this.events.push({
      id: this.id(`evt_${String(this.events.length + 1).padStart(4, "0")}`),
      object: "event",
      api_version: this.generation,
      created: at,
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
      data: {
        object: structuredClone(object),
        ...(previous ? { previous_attributes: structuredClone(previous) } : {}),
      },
    });
  }

  /** Changes an object and tells it with what had been there before. */
  change(type: string, at: number, object: Thing, patch: Thing): void {
    const before = structuredClone(object);
    Object.assign(object, patch);
    this.emit(type, at, object, previousOf(before, object));
  }
}
