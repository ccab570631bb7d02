import type pg from "pg";
import type { FreshDatabase } from "../../support/database.ts";
import type { Generation } from "../../support/stripe/objects.ts";
import type { StripeEvent } from "../../support/stripe/recorder.ts";
import { recordYear } from "../../support/stripe/year.ts";
import { createUsers } from "./world.ts";

/** The time of every delivery: shares of a month depend on which month it is. */
export const NOW = "2026-11-20T12:00:00Z";

export type Year = { prefix: string; userId: string; events: StripeEvent[] };

/** A user with three checkouts begun, plans of their own, and the year that Stripe will tell of them. */
export async function createYear(
  database: FreshDatabase,
  prefix: string,
  generation: Generation,
): Promise<Year> {
  await database.query(
    `insert into public.plans (code, name, credits_per_period, trial_credits, rollover_cap, grant_interval)
     select p.code || '_' || $1, p.code || '_' || $1, p.credits, p.trial, p.cap, p.interval
     from (
       values ('basic', 100, 20, 30, null), ('pro', 300, 40, 50, null), ('annual', 120, 0, 0, 'month')
     ) as p (code, credits, trial, cap, interval)`,
    [prefix],
  );
  const [userId = ""] = await createUsers(database, 1);
  const checkouts = await database.query<{ id: string }>(
    `insert into public.checkouts (user_id, package_id, idempotency_key, credits, unit_amount, currency)
     select $1, p.id, 'key-' || n, 100 * n, 999, 'usd'
     from public.credit_packages as p, generate_series(1, 3) as n
     where p.code = 'starter'
     order by n
     returning id`,
    [userId],
  );
  const [a = "", b = "", c = ""] = checkouts.map((row) => row.id);
  const events = recordYear({
    prefix,
    userId,
    generation,
    now: Date.parse(NOW) / 1000,
    checkouts: [a, b, c],
  });
  return { prefix, userId, events };
}

/** All of it in one statement, one after the other. */
export const deliverSql =
  "select count((select e.id from private.record_webhook_event('stripe', x.event, $2) as e)) from unnest($1::jsonb[]) with ordinality as x (event, n)";

/** What cron does with what waits, until nothing is left that can be applied. */
export async function settle(session: pg.ClientBase, rounds = 8): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const { rows } = await session.query<{ open: number }>(
      `select count(*)::integer as open
      from (
        select (private.replay_webhook_event(e.id, $1, true)).status as status
        from (
          select w.id from public.webhook_events as w
          where w.status in ('waiting', 'failed') order by w.received_at, w.external_id
        ) as e
      ) as r
      where r.status <> 'applied'`,
      [NOW],
    );
    if (rows[0]?.open === 0) return;
  }
}

const WITHOUT = [
  "id",
  "row_id",
  "user_id",
  "updated_at",
  "lot_seq",
  "seq",
  "stale_since",
  "asked_at",
  "asks",
];

/** Without months that were granted before the subscription was known to have ended, and undone. */
const lots = `(
  select l.*, l.frozen_at is not null as is_frozen
  from public.credit_lots as l
  where l.user_id = $1 and not exists (
    select 1 from private.payment_grants as g
    where g.user_id = $1 and g.lot_seq = l.seq and g.is_cancelled and l.granted = l.revoked
  )
) as t`;

/** Everything that billing says of a user, without ids of our own, sequences and times of processing. */
export async function stateOf(
  session: pg.ClientBase,
  { userId, prefix }: Year,
): Promise<Record<string, unknown>> {
  const rowsOf = (from: string, extra: string[] = []): string => `
    (
      select coalesce(jsonb_agg(x.row order by x.row), '[]')
      from (select to_jsonb(t) - '{${[...WITHOUT, ...extra].join(",")}}'::text[] as row from ${from}) as x
    )`;
  const { rows } = await session.query<{ state: unknown }>(
    `select jsonb_build_object(
      'events', (
        select jsonb_object_agg(s.status, s.n)
        from (
          select e.status, count(*) as n from public.webhook_events as e
          where e.external_id like 'evt\\_%\\_' || $2 group by e.status
        ) as s
      ),
      'stale', (
        select count(*) from private.billing_objects as o where o.stale_since is not null and o.id like '%\\_' || $2
      ),
      'products', ${rowsOf("public.products as t where t.id like '%\\_' || $2")},
      'prices', ${rowsOf("public.prices as t where t.id like '%\\_' || $2")},
      'links', ${rowsOf("private.price_links as t where t.price_id like '%\\_' || $2")},
      'customers', ${rowsOf("public.customers as t where t.user_id = $1", ["created_at"])},
      'checkouts', ${rowsOf("public.checkouts as t where t.user_id = $1", ["created_at"])},
      'subscriptions', ${rowsOf("(select s.*, s.id as sub from public.subscriptions as s where s.user_id = $1) as t")},
      'history', ${rowsOf("public.subscription_history as t where t.user_id = $1")},
      'invoices', ${rowsOf("public.invoices as t where t.user_id = $1")},
      'payments', ${rowsOf("public.payments as t where t.user_id = $1", ["created_at"])},
      'grants', ${rowsOf("private.payment_grants as t where t.user_id = $1")},
      'references', ${rowsOf("private.payment_references as t where t.payment_id like '%\\_' || $2")},
      'charges', ${rowsOf("(select c.*, c.id as charge from private.charges as c where c.id like '%\\_' || $2) as t")},
      'refunds', ${rowsOf("(select r.*, r.id as refund from public.refunds as r where r.user_id = $1) as t")},
      'disputes', ${rowsOf("(select d.*, d.id as dispute from public.disputes as d where d.user_id = $1) as t")},
      'lots', ${rowsOf(lots, ["created_at", "frozen_at"])},
      'account', ${rowsOf("public.credit_accounts as t where t.user_id = $1", ["created_at", "last_seq"])},
      'totals', (
        select jsonb_object_agg(s.transaction_type, s.total)
        from (
          select t.transaction_type, sum(t.amount) as total from public.credit_transactions as t
          where t.user_id = $1 group by t.transaction_type
        ) as s
        where s.total <> 0
      ),
      'audit', (select coalesce(jsonb_agg(to_jsonb(f)), '[]') from private.audit_credits($1) as f)
    ) as state`,
    [userId, prefix],
  );
  // What is only this year's own: its prefix, and ids that the database drew.
  const { rows: drawn } = await session.query<{ id: string; name: string }>(
    `select p.id, p.code as name from public.plans as p
     union all select k.id, k.code from public.credit_packages as k
     union all select c.id, c.idempotency_key from public.checkouts as c where c.user_id = $1
     union all select $1, 'the user'`,
    [userId],
  );
  const text = drawn.reduce(
    (all, each) => all.replaceAll(each.id, each.name),
    JSON.stringify(rows[0]?.state),
  );
  const state = JSON.parse(text.replaceAll(`_${prefix}`, "")) as Record<string, unknown>;
  for (const [name, part] of Object.entries(state)) {
    if (Array.isArray(part))
      state[name] = part
        .map((row) => [JSON.stringify(row), row])
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, row]) => row);
  }
  return state;
}
