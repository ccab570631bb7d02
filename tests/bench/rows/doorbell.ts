import pg from "pg";
import { prepare, withTallybase } from "../lib/databases.ts";
import { makeJobType, makeUsers, NOOP, userId } from "../lib/fixtures.ts";
import { pgbench } from "../lib/pgbench.ts";
import { whatHoldsIt } from "../lib/profile.ts";
import { perSecond, ratioOf, rounds } from "../lib/stats.ts";
import { CLIENTS, type Figure, type Row } from "../lib/types.ts";

const USERS = 1_000;

const ENQUEUE = `
\\set n random(1, ${USERS})
select private.request_jobs(array[
  (${userId(":n")}, '${NOOP}', null, null, null, null, null)::private.job_request
]);
`;

export const doorbell: Row = {
  name: "doorbell",
  title: "Enqueue with the doorbell and without",
  method: `One \`private.request_jobs\` of a job without a price a transaction, ${CLIENTS} clients over ${USERS.toLocaleString("en-US")} users, prepared statements; with the URL and the secret of the worker set, against without the URL. As pg_net would, a session takes the rings off the queue every 30 ms in both.`,
  run: (bench) =>
    withTallybase(bench, "doorbell", async (database) => {
      await makeUsers(database, USERS);
      await makeJobType(database, 100);
      await prepare(
        database,
        "select private.set_setting('worker_secret', 'a secret of the bench')",
      );
      const drain = await startDrain(database.superuserUrl);
      const run = async () =>
        (await pgbench(bench, database, { script: ENQUEUE, seconds: bench.pick(8, 2) })).tps;
      const withBell = async () => {
        await prepare(
          database,
          "select private.set_setting('functions_url', 'http://127.0.0.1:1/functions/v1')",
        );
        return run();
      };
      const withoutBell = async () => {
        await prepare(database, "delete from private.settings where key = 'functions_url'");
        return run();
      };
      try {
        const got = await rounds(3, { with: withBell, without: withoutBell }, bench.log);
        const rings = drain.taken();
        const figures: Figure[] = [
          {
            measured: "enqueue with the doorbell",
            against: "without",
            ...ratioOf(got.with, got.without),
            goal: { least: 0.9, text: ">= 0.9" },
            absolute: `${perSecond(got.with)} : ${perSecond(got.without)}`,
          },
        ];
        const notes = await whatHoldsIt(bench, database, figures, withBell);
        return { figures, notes: [`${rings} rings were taken off the queue.`, ...notes] };
      } finally {
        await drain.stop();
      }
    }),
};

async function startDrain(
  url: string,
): Promise<{ taken: () => number; stop: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  let taken = 0;
  let over = false;
  const draining = (async () => {
    while (!over) {
      const { rowCount } = await client.query("delete from net.http_request_queue");
      taken += rowCount ?? 0;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  })();
  draining.catch(() => {});
  return {
    taken: () => taken,
    stop: async () => {
      over = true;
      await draining.catch(() => {});
      await client.end();
    },
  };
}
