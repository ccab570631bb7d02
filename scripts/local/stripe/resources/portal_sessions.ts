import type Stripe from "stripe";
import { z } from "zod";
import { Routes } from "../api.ts";
import type { Context } from "../context.ts";
import { missing } from "../errors.ts";
import { newId } from "../ids.ts";
import { expand, link, text } from "../params.ts";
import { customerById } from "./customers.ts";

// The one that Stripe makes with the account.
const CONFIGURATION = "bpc_1TallybaseLocalDefault0000";

export function portalSessionRoutes(ctx: Context) {
  const routes = new Routes(ctx);

  const createSchema = z.strictObject({
    configuration: text.optional(),
    customer: text,
    expand,
    return_url: link.optional(),
  });
  routes.post("/v1/billing_portal/sessions", createSchema, (_, params) => {
    const customer = customerById(ctx, params.customer, "customer");
    const id = newId("portalSession");
    return ctx.store.put("portalSessions", id, {
      id,
      object: "billing_portal.session",
      configuration: params.configuration ?? CONFIGURATION,
      created: ctx.now(),
      customer: customer.id,
      customer_account: null,
      flow: null,
      livemode: false,
      locale: null,
      on_behalf_of: null,
      return_url: params.return_url ?? null,
      url: `${ctx.origin}/portal/${id}`,
    });
  });

  return routes.app;
}

export function portalSessionById(ctx: Context, id: string): Stripe.BillingPortal.Session {
  const session = ctx.store.get("portalSessions", id);
  if (!session) throw missing("portal session", id);
  return session;
}
