import { z } from "zod";

export const faultSchema = z.strictObject({
  // Only calls whose path starts so.
  path: z.string().default("/v1/"),
  times: z.int().min(1).default(1),
  delay_ms: z.int().min(0).max(60_000).default(0),
  status: z.int().min(400).max(599).optional(),
  // The call is carried out and its answer lost.
  executed: z.boolean().default(false),
});

export type Fault = z.output<typeof faultSchema>;

// Failures that a test orders for the next calls.
export class Faults {
  #ordered: Fault[] = [];

  order(fault: Fault): void {
    this.#ordered.push({ ...fault });
  }

  take(path: string): Fault | undefined {
    const fault = this.#ordered.find((each) => path.startsWith(each.path));
    if (!fault) return undefined;
    fault.times -= 1;
    this.#ordered = this.#ordered.filter((each) => each.times > 0);
    return fault;
  }

  clear(): void {
    this.#ordered = [];
  }
}
