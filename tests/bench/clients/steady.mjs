// Enqueues, claims and completes at a steady rate, so that a queue lives as it does in production.
import pg from "pg";

const { url, type, users, rate, seconds, workers } = JSON.parse(process.argv[2]);

// private.request_jobs is the product's gate, called here as the owner.
const gate = new pg.Pool({ connectionString: url, max: 4 });
const pool = new pg.Pool({ connectionString: url, max: workers, options: "-c role=service_role" });

const enqueue = {
  name: "enqueue",
  text: `select count(*) from private.request_jobs(array(
    select (md5(n::text)::uuid, $2, null, null, null, null, null)::private.job_request
    from unnest($1::integer[]) as n
  ))`,
};
const claim = {
  name: "claim",
  text: "select j.id, j.lock_token from public.claim_jobs($1, 100, $2) as j",
};
const complete = { name: "complete", text: "select count(*) from public.complete_jobs($1)" };
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const begun = performance.now();
const until = begun + seconds * 1000;
let enqueued = 0;
let completed = 0;
let deadlocks = 0;
let over = false;

const retried = async (query) => {
  try {
    return await query();
  } catch (error) {
    if (error.code !== "40P01") throw error;
    deadlocks++;
    return undefined;
  }
};

async function producer() {
  while (performance.now() < until) {
    const due = Math.floor(((performance.now() - begun) / 1000) * rate) - enqueued;
    const n = Math.min(due, 100);
    if (n < 25) {
      await pause(10);
      continue;
    }
    enqueued += n;
    const chosen = Array.from({ length: n }, () => 1 + Math.floor(Math.random() * users));
    if (!(await retried(() => gate.query({ ...enqueue, values: [chosen, type] })))) enqueued -= n;
  }
}

async function worker(n) {
  while (!over) {
    const found = await retried(() => pool.query({ ...claim, values: [`steady-${n}`, [type]] }));
    if (!found?.rows.length) {
      await pause(10);
      continue;
    }
    const items = found.rows.map(({ id, lock_token }) => ({ job_id: id, lock_token }));
    // A batch that lost a deadlock is sent again: its leases still hold.
    while (!(await retried(() => pool.query({ ...complete, values: [JSON.stringify(items)] }))));
    completed += items.length;
  }
}

const working = Promise.all(Array.from({ length: workers }, (_, n) => worker(n)));
await Promise.all([producer(), producer(), producer(), producer()]);
over = true;
await working;
const took = (performance.now() - begun) / 1000;
await Promise.all([gate.end(), pool.end()]);
console.log(JSON.stringify({ enqueued, completed, deadlocks, perSecond: completed / took }));
