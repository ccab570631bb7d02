import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StripeEvent } from "../../support/stripe/recorder.ts";
import { recordYear } from "../../support/stripe/year.ts";
import { ask, type Database, prepare, withEmpty, withTallybase } from "../lib/databases.ts";
import { userId } from "../lib/fixtures.ts";
import { runClient } from "../lib/node_client.ts";
import { whatHoldsIt } from "../lib/profile.ts";
import { perSecond, ratioOf, rounds } from "../lib/stats.ts";
import { CLIENTS, type Figure, type Row } from "../lib/types.ts";

type Rate = { done: number; perSecond: number };

export const billingYear: Row = {
  name: "billing_year",
  title: "Storing and applying a year of Stripe's events against stripe-sync-engine",
  method: `A year of each of many customers (some 230 events: trial, months, upgrade, refunds, disputes, cancel, packages), in order, by a Node program with ${CLIENTS} loops, a customer a loop: \`public.record_webhook_event\` as service_role against \`processEvent\` of @supabase/stripe-sync-engine with backfillRelatedEntities off, its fastest way. Ours keeps the event, its object's version, mirrors, history and the credits that follow; theirs is one upsert of a mirror. checkout.session, about which it asks the API of Stripe, is left out on both sides. Signatures are not part of it. Both have taken in one round before that is not counted, and have statistics of it.`,
  run: (bench) =>
    withTallybase(bench, "year_ours", (ours) =>
      withEmpty(bench, "year_theirs", async (theirs) => {
        const folder = await mkdtemp(join(tmpdir(), "tallybase-bench-"));
        try {
          const years = bench.pick(96, 24);
          await runClient("stripe_sync", { url: theirs.url, migrate: true });
          let round = 0;
          const file = async (database?: Database): Promise<string> => {
            round += 1;
            const path = join(folder, `${round}.json`);
            const customers = await makeYears(database, round, years);
            await writeFile(path, JSON.stringify(customers));
            return path;
          };
          const us = async () =>
            (
              await runClient<Rate>("webhooks", {
                url: ours.url,
                file: await file(ours),
                loops: CLIENTS,
              })
            ).perSecond;
          const them = async () =>
            (
              await runClient<Rate>("stripe_sync", {
                url: theirs.url,
                file: await file(),
                loops: CLIENTS,
              })
            ).perSecond;
          // Both have a history, and statistics of it, as they would have in a week.
          await us();
          await them();
          for (const each of [ours, theirs]) await prepare(each, "vacuum (analyze)");
          const got = await rounds(3, { tallybase: us, "sync-engine": them }, bench.log);
          const figures: Figure[] = [
            {
              measured: "`record_webhook_event`, a year of events stored and applied",
              against: "stripe-sync-engine on the same events",
              ...ratioOf(got.tallybase, got["sync-engine"]),
              goal: { least: 3, text: ">= 3" },
              absolute: `${perSecond(got.tallybase)} : ${perSecond(got["sync-engine"])}`,
            },
          ];
          return { figures, notes: await whatHoldsIt(bench, ours, figures, us) };
        } finally {
          await rm(folder, { recursive: true });
        }
      }),
    ),
};

/** So many customers' years; with a database, their users, plans and checkouts are in it. */
export async function makeYears(
  database: Database | undefined,
  round: number,
  years: number,
): Promise<StripeEvent[][]> {
  const prefix = (n: number): string => `r${round}n${n}`;
  const NONE = ["", "", ""] as [string, string, string];
  const owners: { user: string; checkouts: [string, string, string] }[] = [];
  if (database) {
    await prepare(
      database,
      "select private.set_setting('signup_credits', '0')",
      `insert into public.profiles (id, username)
       select ${userId(`'r${round}n' || n`)}, 'r${round}n' || n from generate_series(1, ${years}) as n`,
      `insert into public.plans (code, name, credits_per_period, trial_credits, rollover_cap, grant_interval)
       select p.code || '_r${round}n' || n, p.code || '_r${round}n' || n, 100, 20, 30, p.step
       from generate_series(1, ${years}) as n,
         (values ('basic', null), ('pro', null), ('annual', 'month')) as p (code, step)`,
      `insert into public.checkouts (user_id, package_id, idempotency_key, credits, unit_amount, currency)
       select ${userId(`'r${round}n' || n`)}, p.id, 'key-' || k, 100, 999, 'usd'
       from generate_series(1, ${years}) as n, generate_series(1, 3) as k, public.credit_packages as p
       where p.code = 'starter'`,
      "vacuum (analyze)",
    );
    owners.push(
      ...(await ask<{ user: string; checkouts: [string, string, string] }>(
        database,
        `select p.id as user, array_agg(c.id) as checkouts
         from generate_series(1, ${years}) as n
         join public.profiles as p on p.id = ${userId(`'r${round}n' || n`)}
         join public.checkouts as c on c.user_id = p.id
         group by n, p.id order by n`,
      )),
    );
  }
  return Array.from({ length: years }, (_, index) =>
    recordYear({
      prefix: prefix(index + 1),
      userId: owners[index]?.user ?? "",
      generation: "2025-08-27.basil",
      now: Math.floor(Date.now() / 1000),
      checkouts: owners[index]?.checkouts ?? NONE,
    }).filter((event) => !/^(invoice_payment|checkout\.session)\./.test(event.type)),
  );
}
