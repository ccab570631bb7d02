import { prepare, withTallybase } from "../lib/databases.ts";
import { pgbench } from "../lib/pgbench.ts";
import { whatHoldsIt } from "../lib/profile.ts";
import { perSecond, ratioOf, rounds } from "../lib/stats.ts";
import { CLIENTS, type Row } from "../lib/types.ts";

const STORED = 10_000;

/** An event of a type without effect, some 1.5 kB; its id is the script's. */
const event = (id: string): string => {
  const object = {
    id: "acct_1",
    object: "account",
    business_profile: { name: "A shop", url: "https://shop.example.com", mcc: "5734" },
    capabilities: Object.fromEntries(
      Array.from({ length: 24 }, (_, n) => [`method_${n}_payments`, n % 3 ? "active" : "inactive"]),
    ),
    charges_enabled: true,
    country: "US",
    default_currency: "usd",
    details_submitted: true,
    requirements: { currently_due: [], eventually_due: [], past_due: [], disabled_reason: null },
    settings: {
      payments: { statement_descriptor: "SHOP" },
      payouts: { schedule: { interval: "daily" } },
    },
  };
  const rest = JSON.stringify(
    {
      object: "event",
      api_version: "2025-08-27.basil",
      created: 1_760_000_000,
      livemode: true,
      type: "account.updated",
      data: { object },
    },
    null,
    1,
  );
  // Of "a":true pgbench would take :true for a variable; here a space is between.
  return `('{"id": "evt_' || ${id} || '", ${rest.slice(1).replaceAll(/\s+/g, " ")}')::jsonb`;
};

const store = (id: string): string =>
  `select status from public.record_webhook_event('stripe', ${event(id)});`;

const NEW = "\\set n random(1, 9000000000000000000)\n";
const KNOWN = `\\set n random(1, ${STORED})\n`;

export const webhooks: Row = {
  name: "webhooks",
  title: "Storing webhook events against a plain insert",
  method: `One \`public.record_webhook_event\` a transaction as service_role, of an event of 1.5 kB of a type without effect: new ones, and repetitions of ${STORED.toLocaleString("en-US")} that are stored. Against \`insert into events (id, payload)\` of the same events into a table whose only index is its primary key. ${CLIENTS} clients, prepared statements.`,
  run: (bench) =>
    withTallybase(bench, "webhooks", async (database) => {
      await prepare(
        database,
        "create table public.bench_events (id text primary key, payload jsonb not null)",
        "grant insert on public.bench_events to service_role",
        `select count((select e.id from public.record_webhook_event('stripe', ${event("n")}) as e))
         from generate_series(1, ${STORED}) as n`,
        "vacuum (analyze) public.webhook_events",
      );
      const seconds = bench.pick(10, 2);
      const run = (script: string) => async () =>
        (await pgbench(bench, database, { script, seconds, role: "service_role" })).tps;
      const stored = run(NEW + store(":n"));
      const got = await rounds(
        3,
        {
          new: stored,
          insert: run(
            `${NEW}insert into public.bench_events (id, payload) values ('evt_' || :n, ${event(":n")});`,
          ),
          repeated: run(KNOWN + store(":n")),
          nothing: run(`${KNOWN}select ${event(":n")} is null;`),
        },
        bench.log,
      );
      const figures = [
        {
          measured: "`record_webhook_event`, an event that only needs storing",
          against: "a plain insert with a primary key",
          ...ratioOf(got.new, got.insert),
          goal: { least: 0.95, text: ">= 0.95" },
          absolute: `${perSecond(got.new)} : ${perSecond(got.insert)}`,
        },
        {
          measured: "the same, an event that is stored already",
          against: "a plain insert with a primary key",
          ...ratioOf(got.repeated, got.insert),
          goal: { least: 4, text: ">= 4" },
          absolute: `${perSecond(got.repeated)} : ${perSecond(got.insert)}`,
        },
        {
          measured: "the most there is to reach: a statement that only reads the event",
          against: "a plain insert with a primary key",
          ...ratioOf(got.nothing, got.insert),
          absolute: `${perSecond(got.nothing)} : ${perSecond(got.insert)}`,
        },
      ];
      return { figures, notes: await whatHoldsIt(bench, database, figures, stored) };
    }),
};
