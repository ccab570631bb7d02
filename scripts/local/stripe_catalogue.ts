import Stripe from "stripe";
import type { Database } from "./database.ts";

const TRIAL_DAYS = 14;

interface Plan {
  code: string;
  name: string;
  description: string | null;
  unit_amount: number;
  currency: string;
}

// Gives each plan that has no price yet one in the emulator, as an owner does in Stripe's dashboard,
// and has the database take it over, as a run of sync_catalogue does.
export async function offerPlans(db: Database, url: string, secretKey: string): Promise<void> {
  const [found] = await db.query<{ plans: boolean }>(
    "select to_regprocedure('private.plan_of_price(text)') is not null as plans",
  );
  if (!found?.plans) return;
  const plans = await db.query<Plan>(
    `select p.code, p.name, p.description, p.unit_amount, p.currency
     from public.plans as p
     where p.is_active and p.unit_amount > 0 and p.price_id is null
     order by p.sort_order`,
  );
  const { hostname, port } = new URL(url);
  const stripe = new Stripe(secretKey, { host: hostname, port, protocol: "http" });
  for (const plan of plans) {
    const product = await productOf(stripe, plan);
    const price = await priceOf(stripe, plan, product.id);
    for (const object of [product, price]) {
      await db.query("select private.record_fetched_object('stripe', $1)", [
        JSON.stringify(object),
      ]);
    }
  }
}

// Kept across restarts, and also while the database was made anew.
async function productOf(stripe: Stripe, { code, name, description }: Plan) {
  const id = `prod_${code}`;
  const known = (await stripe.products.list({ ids: [id] })).data[0];
  return (
    known ??
    stripe.products.create({
      id,
      name,
      ...(description && { description }),
      metadata: { plan_code: code },
    })
  );
}

async function priceOf(stripe: Stripe, { code, unit_amount, currency }: Plan, product: string) {
  const lookup_key = `plan_${code}`;
  const known = (await stripe.prices.list({ lookup_keys: [lookup_key] })).data[0];
  return (
    known ??
    stripe.prices.create({
      product,
      currency,
      unit_amount,
      lookup_key,
      metadata: { plan_code: code },
      recurring: { interval: "month", trial_period_days: TRIAL_DAYS },
    })
  );
}
