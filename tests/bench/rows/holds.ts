import { withTallybase } from "../lib/databases.ts";
import { makeUsers, userId } from "../lib/fixtures.ts";
import { pgbench } from "../lib/pgbench.ts";
import { whatHoldsIt } from "../lib/profile.ts";
import { key, spend } from "../lib/spend_scripts.ts";
import { perSecond, ratioOf, rounds } from "../lib/stats.ts";
import type { Figure, Row } from "../lib/types.ts";

const USERS = 10_000;

const HOLD_AND_CAPTURE = `
\\set n random(1, ${USERS})
${key("k")}
select h.id as hold from public.hold_credits(${userId(":n")}, 1, p_idempotency_key => 'hold-' || :k::text) as h \\gset
select public.capture_hold(:hold::uuid);
`;

export const holds: Row = {
  name: "holds",
  title: "Hold and capture against two spends",
  method: `A hold with a key and its capture in full, two calls and two transactions, against two spends with a key; ${USERS.toLocaleString("en-US")} accounts, prepared statements.`,
  run: (bench) =>
    withTallybase(bench, "holds", async (database) => {
      await makeUsers(database, USERS);
      const run = (script: string) => async () =>
        (
          await pgbench(bench, database, {
            script,
            seconds: bench.pick(8, 2),
            role: "service_role",
          })
        ).tps;
      const got = await rounds(
        3,
        { "hold + capture": run(HOLD_AND_CAPTURE), "two spends": run(spend(USERS) + spend(USERS)) },
        bench.log,
      );
      const figures: Figure[] = [
        {
          measured: "hold + capture",
          against: "two spends",
          ...ratioOf(got["hold + capture"], got["two spends"]),
          goal: { least: 0.9, text: ">= 0.9" },
          absolute: `${perSecond(got["hold + capture"])} : ${perSecond(got["two spends"])} pairs`,
        },
      ];
      return { figures, notes: await whatHoldsIt(bench, database, figures, run(HOLD_AND_CAPTURE)) };
    }),
};
