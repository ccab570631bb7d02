import { withEmpty, withTallybase } from "../lib/databases.ts";
import { makeUsers } from "../lib/fixtures.ts";
import { type Protocol, pgbench, pgbenchInit } from "../lib/pgbench.ts";
import { whatHoldsIt } from "../lib/profile.ts";
import { spend } from "../lib/spend_scripts.ts";
import { perSecond, ratioOf, rounds } from "../lib/stats.ts";
import type { Bench, Figure, Row, RowResult } from "../lib/types.ts";

const USERS = 10_000;
const SCALE = 32;

export const spends: Row = {
  name: "spends",
  title: "Spends over many accounts against pgbench simple-update",
  method: `One \`public.spend_credits\` a transaction as service_role, of a random one of ${USERS.toLocaleString("en-US")} accounts, against \`pgbench -N\` at scale ${SCALE}; in pgbench's default protocol (simple) and with prepared statements, as PostgREST uses them.`,
  run: (bench) =>
    withTallybase(bench, "spends", async (ours) => {
      await makeUsers(ours, USERS);
      return withEmpty(bench, "simple_update", async (theirs) => {
        await pgbenchInit(bench, theirs, bench.pick(SCALE, 4));
        const results: RowResult[] = [];
        for (const protocol of ["simple", "prepared"] as const) {
          results.push(await measure(bench, ours, theirs, protocol));
        }
        return {
          figures: results.flatMap(({ figures }) => figures),
          notes: results.flatMap(({ notes }) => notes),
        };
      });
    }),
};

type Databases = Parameters<typeof pgbench>[1];

async function measure(
  bench: Bench,
  ours: Databases,
  theirs: Databases,
  protocol: Protocol,
): Promise<RowResult> {
  const seconds = bench.pick(10, 2);
  const run = (withKey: boolean) => async () =>
    (
      await pgbench(bench, ours, {
        script: spend(USERS, withKey),
        seconds,
        protocol,
        role: "service_role",
      })
    ).tps;
  const simpleUpdate = async () =>
    (await pgbench(bench, theirs, { script: ["-N"], seconds, protocol })).tps;
  const got = await rounds(
    3,
    { spend: run(true), "spend without key": run(false), "simple-update": simpleUpdate },
    bench.log,
  );
  const against = `pgbench simple-update, ${protocol} protocol`;
  const figures: Figure[] = [
    {
      measured: "`spend_credits` with a key, many accounts",
      against,
      ...ratioOf(got.spend, got["simple-update"]),
      goal: { least: 1.5, text: ">= 1.5" },
      absolute: `${perSecond(got.spend)} : ${perSecond(got["simple-update"])}`,
    },
    {
      measured: "the same without a key",
      against,
      ...ratioOf(got["spend without key"], got["simple-update"]),
      absolute: `${perSecond(got["spend without key"])} : ${perSecond(got["simple-update"])}`,
    },
  ];
  const notes = await whatHoldsIt(bench, ours, figures, run(true));
  return { figures, notes: notes.map((note) => `${protocol} protocol: ${note}`) };
}
