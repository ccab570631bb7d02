import { z } from "zod";
import { Routes } from "../api.ts";
import { dropSchedule, scheduleFrom, scheduleOf, setPhases } from "../billing/schedule.ts";
import { subscriptionOf, UPDATED } from "../billing/subscription.ts";
import type { Context } from "../context.ts";
import { invalid } from "../errors.ts";
import { page } from "../list.ts";
import { expand, integer, listParams, text } from "../params.ts";

const base = "/v1/subscription_schedules";

const phase = z.strictObject({
  duration: z
    .strictObject({
      interval: z.enum(["day", "week", "month", "year"]),
      interval_count: integer.default(1),
    })
    .optional(),
  end_date: integer.optional(),
  items: z.array(z.strictObject({ price: text, quantity: integer.optional() })).min(1),
  proration_behavior: z.enum(["always_invoice", "create_prorations", "none"]).optional(),
  start_date: integer.optional(),
});

const updateSchema = z.strictObject({
  end_behavior: z.enum(["release", "cancel"]).optional(),
  expand,
  phases: z.array(phase).min(1).max(10),
  proration_behavior: z.enum(["always_invoice", "create_prorations", "none"]).optional(),
});

export function subscriptionScheduleRoutes(ctx: Context) {
  const routes = new Routes(ctx);

  const createSchema = z.strictObject({ expand, from_subscription: text });
  routes.post(base, createSchema, (_, { from_subscription: id }, { cause }) =>
    scheduleFrom(ctx, subscriptionOf(ctx, id, "from_subscription"), cause),
  );

  routes.get(
    `${base}/:id`,
    z.strictObject({ expand }),
    (_, __, { id }) => scheduleOf(ctx, id).schedule,
  );

  routes.post(`${base}/:id`, updateSchema, (_, params, { id, cause }) =>
    setPhases(ctx, scheduleOf(ctx, id), params.phases, params.end_behavior, cause),
  );

  routes.post(`${base}/:id/release`, z.strictObject({ expand }), (_, __, { id, cause }) => {
    const { schedule } = scheduleOf(ctx, id);
    if (schedule.status !== "active") {
      throw invalid(`A schedule that is ${schedule.status} cannot be released.`, "id");
    }
    const record = subscriptionOf(ctx, String(schedule.subscription));
    ctx.change(UPDATED, record.subscription, cause, () =>
      dropSchedule(ctx, record, "released", cause),
    );
    ctx.store.put("subscriptions", record.subscription.id, record);
    return schedule;
  });

  const listSchema = z.strictObject({ ...listParams, customer: text.optional() });
  routes.get(base, listSchema, (_, params) => {
    const rows = ctx.store
      .all("schedules")
      .map((record) => record.schedule)
      .filter((each) => params.customer === undefined || each.customer === params.customer);
    return page(base, "subscription_schedule", rows, params);
  });

  return routes.app;
}
