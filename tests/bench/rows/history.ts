import { withClient } from "../../../scripts/local/server/types.ts";
import { ask, type Database, prepare, withTallybase } from "../lib/databases.ts";
import { makeUsers } from "../lib/fixtures.ts";
import { pgbench } from "../lib/pgbench.ts";
import { whatHoldsIt } from "../lib/profile.ts";
import { spend } from "../lib/spend_scripts.ts";
import { perSecond, ratioOf, rounds } from "../lib/stats.ts";
import type { Bench, Figure, Row } from "../lib/types.ts";

const USERS = 10_000;
const CHUNK = 25;

export const history: Row = {
  name: "history",
  title: "Spends after ten million ledger rows",
  method: `Spends over ${USERS.toLocaleString("en-US")} accounts with 1,000 rows each, against the same accounts without: two databases of one server, prepared statements. The rows are written in the order of time into the tables with their indexes, as years of spends would have been, and chain: the audit finds nothing.`,
  run: (bench) =>
    withTallybase(bench, "history_none", (young) =>
      withTallybase(bench, "history_full", async (old) => {
        await makeUsers(young, USERS);
        await makeUsers(old, USERS);
        const rows = bench.pick(1_000, 50);
        await writeHistory(bench, old, rows);
        await prepare(young, "vacuum (freeze, analyze)", "checkpoint");
        await prepare(old, "vacuum (freeze, analyze)", "checkpoint");
        const run = (database: Database) => async () =>
          (
            await pgbench(bench, database, {
              script: spend(USERS),
              seconds: bench.pick(10, 2),
              role: "service_role",
            })
          ).tps;
        const got = await rounds(3, { after: run(old), none: run(young) }, bench.log);
        const [size] = await ask<{ text: string }>(
          old,
          `select pg_size_pretty(pg_table_size(t)) || ' of rows, '
             || pg_size_pretty(pg_indexes_size(t)) || ' of indexes' as text
           from (select 'public.credit_transactions'::regclass as t) as x`,
        );
        const figures: Figure[] = [
          {
            measured: `spends after ${((rows * USERS) / 1e6).toLocaleString("en-US")}M ledger rows`,
            against: "after none",
            ...ratioOf(got.after, got.none),
            goal: { least: 0.9, text: ">= 0.9" },
            absolute: `${perSecond(got.after)} : ${perSecond(got.none)}`,
          },
        ];
        const notes = await whatHoldsIt(bench, old, figures, run(old));
        return { figures, notes: [`The table has ${size?.text}.`, ...notes] };
      }),
    ),
};

/** Spends of one credit by every account in turn. Triggers and foreign keys are left out for speed. */
async function writeHistory(bench: Bench, database: Database, perAccount: number): Promise<void> {
  await withClient(database.superuserUrl, async (client) => {
    await client.query("set session_replication_role = replica");
    for (let from = 0; from < perAccount; from += CHUNK) {
      await client.query(
        `insert into public.credit_transactions (
           user_id, seq, transaction_type, operation, amount,
           balance_before, balance_after, debt_before, debt_after, idempotency_key, created_at
         )
         select
           a.user_id, a.last_seq + s.i, 'usage', 'spend', -1,
           a.balance - s.i + 1, a.balance - s.i, 0, 0,
           'spend-' || (random() * 9e18)::bigint, now() - interval '1 year' + s.i * interval '1 second'
         from generate_series(1, $1::integer) as s (i)
         cross join public.credit_accounts as a
         order by s.i, a.user_id`,
        [CHUNK],
      );
      await client.query(
        `update public.credit_lots set remaining = remaining - $1, spent = spent + $1`,
        [CHUNK],
      );
      await client.query(
        `update public.credit_accounts
         set balance = balance - $1, last_seq = last_seq + $1, total_used = total_used + $1`,
        [CHUNK],
      );
      if ((from + CHUNK) % 250 === 0)
        bench.log(`  ${from + CHUNK} of ${perAccount} rows an account`);
    }
  });
  const [audit] = await ask<{ findings: number }>(
    database,
    "select count(*)::integer as findings from private.audit_credits()",
  );
  if (audit?.findings !== 0) throw new Error(`the history has ${audit?.findings} findings`);
}
