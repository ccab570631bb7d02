import { withTallybase } from "../lib/databases.ts";
import { makeUsers } from "../lib/fixtures.ts";
import { pgbench } from "../lib/pgbench.ts";
import { whatHoldsIt } from "../lib/profile.ts";
import { spend } from "../lib/spend_scripts.ts";
import { perSecond, ratioOf, rounds } from "../lib/stats.ts";
import { CLIENTS, type Figure, type Row } from "../lib/types.ts";

export const hotAccount: Row = {
  name: "hot_account",
  title: "One hot account",
  method: `${CLIENTS} clients that all spend from one account, against one client that does; prepared statements, a key each.`,
  run: (bench) =>
    withTallybase(bench, "hot", async (database) => {
      await makeUsers(database, 1);
      const seconds = bench.pick(8, 2);
      const run = (clients: number) => async () =>
        (
          await pgbench(bench, database, {
            script: spend(1),
            seconds,
            clients,
            role: "service_role",
          })
        ).tps;
      const got = await rounds(3, { many: run(CLIENTS), one: run(1) }, bench.log);
      const figures: Figure[] = [
        {
          measured: `\`spend_credits\` on one hot account, ${CLIENTS} clients`,
          against: "the same with 1 client",
          ...ratioOf(got.many, got.one),
          goal: { least: 0.9, text: ">= 0.9" },
          absolute: `${perSecond(got.many)} : ${perSecond(got.one)}`,
        },
      ];
      return { figures, notes: await whatHoldsIt(bench, database, figures, run(CLIENTS)) };
    }),
};
