import { z } from "zod";
import { Routes } from "../api.ts";
import type { Context } from "../context.ts";
import { missing } from "../errors.ts";
import { page } from "../list.ts";
import { expand, flag, listParams, text } from "../params.ts";
import type { EmulatorEvent } from "../store.ts";

const listSchema = z.strictObject({
  ...listParams,
  delivery_success: flag.optional(),
  type: text.optional(),
  types: z.array(text).max(20).optional(),
});

export function eventRoutes(ctx: Context) {
  const routes = new Routes(ctx);

  routes.get("/v1/events/:id", z.strictObject({ expand }), (_, __, { id }) => eventById(ctx, id));

  routes.get("/v1/events", listSchema, (_, params) => {
    const types = params.types ?? (params.type ? [params.type] : undefined);
    const rows = ctx.store
      .all("events")
      .filter((event) => types?.some((type) => matches(event.type, type)) ?? true)
      .filter(
        ({ pending_webhooks }) =>
          params.delivery_success === undefined ||
          params.delivery_success === (pending_webhooks === 0),
      );
    return page("/v1/events", "event", rows, params);
  });

  return routes.app;
}

export function eventById(ctx: Context, id: string): EmulatorEvent {
  const event = ctx.store.get("events", id);
  if (!event) throw missing("event", id);
  return event;
}

// "charge.*" stands for everything below charge.
function matches(type: string, wanted: string): boolean {
  return wanted.endsWith(".*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}
