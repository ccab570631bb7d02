// A stand-in of the worker function: looks for a ring every 25 ms, claims at once, and says when it
// had each job. Enqueues from the same process, so both ends are told by one clock.
import pg from "pg";

const { url, type, jobs } = JSON.parse(process.argv[2]);

const connect = async (options) => {
  const client = new pg.Client({ connectionString: url, ...options });
  await client.connect();
  return client;
};
const [gate, net, worker] = await Promise.all([
  connect({}),
  connect({}),
  connect({ options: "-c role=service_role" }),
]);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const committed = new Map();
const claimed = new Map();
let over = false;

const listening = (async () => {
  while (!over) {
    const { rowCount } = await net.query("delete from net.http_request_queue");
    let found = rowCount > 0;
    while (found) {
      const { rows } = await worker.query(
        "select j.id, j.lock_token from public.claim_jobs('stand-in', 10, $1) as j",
        [[type]],
      );
      for (const { id } of rows) claimed.set(id, performance.now());
      for (const { id, lock_token } of rows) {
        await worker.query("select public.complete_job($1, $2, '{}')", [id, lock_token]);
      }
      found = rows.length > 0;
    }
    await pause(25);
  }
})();

for (let n = 0; n < jobs; n++) {
  const { rows } = await gate.query(
    `select r.id from private.request_jobs(array[
       (md5('1')::uuid, $1, null, null, null, null, null)::private.job_request
     ]) as r`,
    [type],
  );
  committed.set(rows[0].id, performance.now());
  await pause(50 + Math.random() * 100);
}
await pause(500);
over = true;
await listening;
await Promise.all([gate.end(), net.end(), worker.end()]);
const latencies = [...committed]
  .filter(([id]) => claimed.has(id))
  .map(([id, at]) => claimed.get(id) - at);
console.log(JSON.stringify({ latencies, lost: jobs - latencies.length }));
