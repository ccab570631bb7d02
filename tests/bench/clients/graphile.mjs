// graphile-worker with a task that does nothing, until its queue is empty or the time is over.
// It writes completions behind the task's back, so the end is when the last job's row is gone.
import { Logger, makeWorkerUtils, run } from "graphile-worker";
import pg from "pg";

const { url, loops, batched, seconds, jobs } = JSON.parse(process.argv[2]);

const logger = new Logger(() => () => {});
const utils = await makeWorkerUtils({ connectionString: url, logger });
await utils.migrate();
await utils.release();

const client = new pg.Client({ connectionString: url });
await client.connect();
await client.query("delete from graphile_worker._private_jobs");
await client.query(
  `select count(*) from graphile_worker.add_jobs(array(
     select json_populate_record(null::graphile_worker.job_spec, '{"identifier":"noop","payload":{}}')
     from generate_series(1, $1::integer)
   ))`,
  [jobs],
);
await client.query("vacuum (analyze) graphile_worker._private_jobs");

let tasks = 0;
let started;
const runner = await run({
  connectionString: url,
  logger,
  concurrency: loops,
  noHandleSignals: true,
  // One connection for each job, and the two more that its documentation asks for.
  maxPoolSize: loops + 2,
  taskList: {
    noop: async () => {
      started ??= performance.now();
      tasks++;
    },
  },
  // What its documentation has for high throughput.
  ...(batched && {
    preset: {
      worker: {
        localQueue: { size: 500 },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
  }),
});

const until = performance.now() + seconds * 1000;
while (tasks < jobs && performance.now() < until) {
  await new Promise((resolve) => setTimeout(resolve, 2));
}
let left = jobs;
let ended;
do {
  const { rows } = await client.query(
    "select count(*)::integer as n from graphile_worker._private_jobs",
  );
  left = rows[0].n;
  ended = performance.now();
} while (tasks >= jobs && left > 0);
await runner.stop();
await client.end();
const done = jobs - left;
console.log(JSON.stringify({ done, perSecond: (1000 * done) / (ended - started) }));
