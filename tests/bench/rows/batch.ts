import { withTallybase } from "../lib/databases.ts";
import { makeUsers, userId } from "../lib/fixtures.ts";
import { pgbench } from "../lib/pgbench.ts";
import { whatHoldsIt } from "../lib/profile.ts";
import { key, spend } from "../lib/spend_scripts.ts";
import { perSecond, ratioOf, rounds } from "../lib/stats.ts";
import { CLIENTS, type Figure, type Row } from "../lib/types.ts";

const BATCH = 64;
const USERS = 1_000;
const CALLERS = 4;

// The script makes the call's JSON in the server, which is our side's cost.
const batchOf = (user: string): string => `
${key("k")}
select count(*) from public.spend_credits_batch((
  select jsonb_agg(jsonb_build_object(
    'user_id', ${user}, 'amount', 1, 'idempotency_key', 'batch-' || :k::text || '-' || i
  )) from generate_series(1, ${BATCH}) as i
));
`;

export const batch: Row = {
  name: "batch",
  title: "Many spends in one call",
  method: `${BATCH} spends a call on one account with ${CLIENTS} clients, in spends a second, against single spends on one hot account with ${CLIENTS} clients; prepared statements, a key for each spend. Then ${CALLERS} callers whose batches take ${BATCH} of ${USERS.toLocaleString("en-US")} accounts in random order.`,
  run: (bench) =>
    withTallybase(bench, "batch", async (database) => {
      await makeUsers(database, USERS);
      const seconds = bench.pick(8, 2);
      const run = (script: string, times: number) => async () =>
        times * (await pgbench(bench, database, { script, seconds, role: "service_role" })).tps;
      const inBatches = run(batchOf(userId("1")), BATCH);
      const got = await rounds(3, { batched: inBatches, single: run(spend(1), 1) }, bench.log);
      const many = await pgbench(bench, database, {
        script: batchOf(userId(`(1 + floor(random() * ${USERS})::integer)`)),
        seconds: bench.pick(20, 3),
        clients: CALLERS,
        role: "service_role",
      });
      const figures: Figure[] = [
        {
          measured: `\`spend_credits_batch\`, ${BATCH} a call, one account`,
          against: "single spends on one hot account",
          ...ratioOf(got.batched, got.single),
          goal: { least: 15, text: ">= 15" },
          absolute: `${perSecond(got.batched)} : ${perSecond(got.single)} spends`,
        },
        {
          measured: `deadlocks (40P01) of ${CALLERS} callers batching over many accounts`,
          against: "",
          value: many.deadlocks,
          unit: "count",
          goal: { most: 0, text: "0" },
          absolute: `${perSecond([many.tps * BATCH])} spends, ${many.failed} calls failed`,
        },
      ];
      return { figures, notes: await whatHoldsIt(bench, database, figures, inBatches) };
    }),
};
