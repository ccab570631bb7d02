import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Database, prepare, withEmpty, withTallybase } from "../lib/databases.ts";
import { makeUsers } from "../lib/fixtures.ts";
import { pgbench } from "../lib/pgbench.ts";
import { whatHoldsIt } from "../lib/profile.ts";
import { spend } from "../lib/spend_scripts.ts";
import { perSecond, ratioOf, rounds } from "../lib/stats.ts";
import { type Figure, NotRun, type Row } from "../lib/types.ts";

const ACCOUNTS = 10_000;

const FILES = [
  "vendor/scoville-pgsql-ulid/ulid-to-uuid.sql",
  "vendor/scoville-pgsql-ulid/uuid-to-ulid.sql",
  "pgledger.sql",
];

// Two random accounts, never one twice; no account is hotter than another.
const TRANSFER = `
\\set a random(1, ${ACCOUNTS})
\\set b 1 + (:a + random(0, ${ACCOUNTS - 2})) % ${ACCOUNTS}
select * from pgledger_create_transfer('pgla_' || md5(:a::text), 'pgla_' || md5(:b::text), 1);
`;

export const pgledger: Row = {
  name: "pgledger",
  title: "Spends over many accounts against pgledger's transfer",
  method:
    "The same spend, with a key, against one `pgledger_create_transfer` between two random accounts of 10,000. PGLEDGER_DIR names a checkout of github.com/pgr0ss/pgledger; nothing of it is in this repository.",
  async run(bench) {
    const folder = process.env.PGLEDGER_DIR;
    if (!folder) throw new NotRun("PGLEDGER_DIR is unset: it names a checkout of pgr0ss/pgledger");
    return withTallybase(bench, "pgledger_ours", async (ours) => {
      await makeUsers(ours, ACCOUNTS);
      return withEmpty(bench, "pgledger", async (theirs) => {
        await makeLedger(theirs, folder);
        const figures: Figure[] = [];
        const seconds = bench.pick(8, 2);
        const spends = async (protocol: "simple" | "prepared") =>
          (
            await pgbench(bench, ours, {
              script: spend(ACCOUNTS),
              seconds,
              protocol,
              role: "service_role",
            })
          ).tps;
        for (const protocol of ["simple", "prepared"] as const) {
          const got = await rounds(
            3,
            {
              spend: () => spends(protocol),
              transfer: async () =>
                (await pgbench(bench, theirs, { script: TRANSFER, seconds, protocol })).tps,
            },
            bench.log,
          );
          figures.push({
            measured: "`spend_credits` with a key, many accounts",
            against: `pgledger's transfer, ${protocol} protocol`,
            ...ratioOf(got.spend, got.transfer),
            goal: { least: 4, text: ">= 4" },
            absolute: `${perSecond(got.spend)} : ${perSecond(got.transfer)}`,
          });
        }
        return {
          figures,
          notes: await whatHoldsIt(bench, ours, figures, () => spends("prepared")),
        };
      });
    });
  },
};

async function makeLedger(database: Database, folder: string): Promise<void> {
  for (const file of FILES) await prepare(database, await readFile(join(folder, file), "utf8"));
  await prepare(
    database,
    `insert into pgledger_accounts (
       id, name, currency, allow_negative_balance, allow_positive_balance, created_at, updated_at
     )
     select 'pgla_' || md5(n::text), 'account ' || n, 'CRD', true, true, now(), now()
     from generate_series(1, ${ACCOUNTS}) as n`,
    "grant usage, create on schema public to public",
    "grant all on all tables in schema public to public",
    "vacuum (analyze)",
  );
}
